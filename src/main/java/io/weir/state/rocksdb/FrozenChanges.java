package io.weir.state.rocksdb;

import io.weir.state.StateException;
import java.util.List;
import java.util.function.Supplier;
import org.rocksdb.RocksDBException;

/**
 * What a backend has changed up to a barrier, fixed, on its way to the database; and then what is
 * made of the database, which is as of the barrier.
 *
 * <p>INVARIANT: between the barrier and that moment nothing else is written to the database. So
 * whoever needs it first does it, once: the thread that writes the snapshot or, if it has to write
 * something else, the task. Safe for use by both.
 *
 * @param <T> what is made of the database
 */
final class FrozenChanges<T> {

  /** The changed entries of one state. */
  record Part(EntryWriter<?, ?> writer, List<CacheEntry> entries) {}

  private final Database database;
  private final Batch batch;

  /** Null when they are written, or will not be any more. */
  private List<Part> parts;

  /** Null when it was made, or nobody wants it any more. */
  private Supplier<T> making;

  private T made;
  private StateException failure;
  private long grownBytes;
  private volatile boolean written;

  /**
   * Takes a lease on the database.
   *
   * @param batch has the changes of timers already
   * @param making is called when all is written
   */
  FrozenChanges(Database database, Batch batch, List<Part> parts, Supplier<T> making) {
    this.database = database;
    this.batch = batch;
    this.parts = parts;
    this.making = making;
    database.beginLease();
  }

  /** Whether all is in the database, and it may be changed again. */
  boolean isWritten() {
    return written;
  }

  /** By how many bytes the entries have grown when they were written. */
  long grownBytes() {
    return grownBytes;
  }

  /**
   * Writes all, if that was not done yet, and waits for the other thread if it is doing so.
   *
   * @throws StateException if the database has failed
   */
  synchronized void write() {
    if (written) {
      return;
    }
    database.change(this::writeEntries);
    parts = null;
    if (making != null) {
      try {
        made = making.get();
      } catch (StateException e) {
        failure = e; // of the snapshot alone
      }
      making = null;
    }
    written = true;
  }

  /**
   * What is made of the database as of the barrier.
   *
   * @throws StateException if that has failed
   */
  T take() {
    write();
    if (failure != null) {
      throw failure;
    }
    return made;
  }

  /** Nobody wants a snapshot any more; gives what was made already, or null. */
  synchronized T abandon() {
    making = null;
    return made;
  }

  /** Ends the lease: the snapshot is written, or will not be. To be called once. */
  void end() {
    database.endLease();
  }

  private void writeEntries() throws RocksDBException {
    long grown = 0;
    for (Part part : parts) {
      for (CacheEntry entry : part.entries) {
        grown += part.writer.write(entry, batch);
      }
    }
    batch.write();
    grownBytes = grown;
  }
}
