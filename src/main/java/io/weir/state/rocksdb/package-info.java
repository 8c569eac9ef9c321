/**
 * The state backend that keeps state in RocksDB on a local disk, for state larger than memory.
 *
 * <p>Every operator of every subtask has a database, every state a column family, and every key its
 * key group in front, so that a snapshot is ordered by key group ({@link
 * io.weir.state.rocksdb.KeyLayout}). In front of the database stands a write-back cache of decoded
 * values ({@link io.weir.state.rocksdb.WriteBackCache}): what the task changes is written as one
 * batch when the cache is full and for a snapshot. At the barrier these changes are only frozen
 * ({@link io.weir.state.rocksdb.FrozenChanges}); the thread that writes the snapshot writes them. A
 * snapshot is either canonical, read from the database as of the barrier, or the database's own
 * files, of which those that an earlier completed checkpoint has are not written again.
 *
 * <p>All databases of a server share one budget of native memory ({@link
 * io.weir.state.rocksdb.NativeMemory}). Every native object has one owner, which closes what it
 * owns in reverse order. Nothing native calls back into Java.
 *
 * <p>A backend belongs to its task's thread. A snapshot that is being written by another thread
 * holds a lease on the database, which is closed when the last one has ended.
 */
package io.weir.state.rocksdb;
