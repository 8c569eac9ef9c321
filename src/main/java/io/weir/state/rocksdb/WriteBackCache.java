package io.weir.state.rocksdb;

import java.util.ArrayList;
import java.util.List;

/**
 * Keeps decoded objects of all states of one backend in front of its database. A change stays here
 * until the cache is full or a snapshot is taken; then all changes are written as one batch.
 *
 * <p>INVARIANT: what the task sees is what the cache says of an entry that it has, and what the
 * database says of any other. So only what has been written may leave the cache.
 *
 * <p>Nothing leaves the cache while a key is being processed: an object that a function was given
 * may be changed until the next key is set, and the change counts. Belongs to the task's thread.
 */
final class WriteBackCache {
  /** When the cache is full, this share of it is made free at once. */
  private static final int FREED_SHARE = 8;

  private final Database database;
  private final Batch batch;
  private final CacheBudget budget;
  private final List<CachedObjects<?, ?>> states = new ArrayList<>();
  private final List<RocksTimerQueue<?, ?>> queues = new ArrayList<>();
  private long usedBytes;
  private int nextToSweep;

  WriteBackCache(Database database, Batch batch, CacheBudget budget) {
    this.database = database;
    this.batch = batch;
    this.budget = budget;
    budget.join();
  }

  void add(CachedObjects<?, ?> objects) {
    states.add(objects);
  }

  void add(RocksTimerQueue<?, ?> queue) {
    queues.add(queue);
  }

  Database database() {
    return database;
  }

  Batch batch() {
    return batch;
  }

  /** An entry has grown by so many bytes; negative if it has shrunk or gone. */
  void grown(int bytes) {
    usedBytes += bytes;
  }

  /** Another key is about to be set: makes room if there is none. */
  void betweenKeys() {
    if (usedBytes > budget.shareBytes()) {
      shrink();
    }
  }

  /** Writes all changes to the database. */
  void write() {
    database.change(
        () -> {
          for (CachedObjects<?, ?> each : states) {
            each.collectChanges();
          }
          for (RocksTimerQueue<?, ?> each : queues) {
            each.collectChanges();
          }
          batch.write();
        });
  }

  /** Writes the changes of one state to the database. */
  void write(CachedObjects<?, ?> state) {
    database.change(
        () -> {
          state.collectChanges();
          batch.write();
        });
  }

  void close() {
    states.clear();
    queues.clear();
    budget.leave();
  }

  private void shrink() {
    write();
    long target = budget.shareBytes() * (FREED_SHARE - 1) / FREED_SHARE;
    // two looks at every entry: the first forgets that it was used, the second removes it
    int looks = 2 * CachedObjects.SWEEPS * states.size();
    for (int look = 0; look < looks && usedBytes > target; look++) {
      states.get(nextToSweep++ % states.size()).sweep();
      nextToSweep %= states.size();
    }
  }
}
