package io.weir.state.rocksdb;

import io.weir.config.Configuration;
import io.weir.config.RocksDBOptions;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.WriteBufferManager;

/**
 * The budget of native memory of all databases of a server: one block cache, which also holds
 * indexes and filters, and to which write buffers are charged. What is over its limit goes as soon
 * as nobody uses it. Safe for use by several threads.
 */
final class NativeMemory implements AutoCloseable {
  /** Lets the database choose how many shards the cache has. */
  private static final int DEFAULT_SHARDS = -1;

  /**
   * With a strict limit, which counts for each of the shards by itself, the database does not read
   * past the cache what finds no room in it, but fails.
   */
  private static final boolean STRICT = false;

  private final long budgetBytes;
  private final long writeBufferBytes;
  private final Cache cache;
  private final WriteBufferManager writeBuffers;

  /** The library must have been loaded. */
  NativeMemory(Configuration server) {
    budgetBytes = server.get(RocksDBOptions.FIX_PER_TM_MEMORY_SIZE).getBytes();
    double ratio = server.get(RocksDBOptions.WRITE_BUFFER_RATIO);
    // a write buffer that is being flushed counts until it is written: Flink's factors, with which
    // both together stay within the budget
    writeBufferBytes = (long) (2 * budgetBytes * ratio / 3);
    long cacheBytes = (long) ((3 - ratio) * budgetBytes / 3);
    cache =
        new LRUCache(
            cacheBytes,
            DEFAULT_SHARDS,
            STRICT,
            server.get(RocksDBOptions.HIGH_PRIORITY_POOL_RATIO));
    writeBuffers = new WriteBufferManager(writeBufferBytes, cache);
  }

  Cache cache() {
    return cache;
  }

  WriteBufferManager writeBuffers() {
    return writeBuffers;
  }

  long budgetBytes() {
    return budgetBytes;
  }

  long writeBufferBytes() {
    return writeBufferBytes;
  }

  /** Bytes in use, of the whole budget. */
  long usedBytes() {
    return cache.getUsage();
  }

  @Override
  public void close() {
    writeBuffers.close();
    cache.close();
  }
}
