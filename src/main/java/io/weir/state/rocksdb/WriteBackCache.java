package io.weir.state.rocksdb;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.rocksdb.RocksDBException;

/**
 * Keeps decoded objects of all states of one backend in front of its database. A change stays here
 * until the cache is full or a snapshot is written; then all changes are written as one batch.
 *
 * <p>At a barrier the changes are only frozen, and written by the thread that writes the snapshot.
 * What the task changes meanwhile, it changes in copies, and it writes nothing to the database
 * before the frozen changes are in it.
 *
 * <p>INVARIANT: what the task sees is what the cache says of an entry that it has, and what the
 * database says of any other. So only what has been written may leave the cache.
 *
 * <p>Nothing leaves the cache while a key is being processed: an object that a function was given
 * may be changed until the next key is set, and the change counts. Belongs to the task's thread.
 */
final class WriteBackCache {
  /** When the cache is larger than its share by this part of it, that much is made free at once. */
  private static final int EXCESS_PART = 8;

  /** Adds changes to the batch. */
  @FunctionalInterface
  interface Changes {
    void collect() throws RocksDBException;
  }

  private final Database database;
  private final Batch batch;
  private final CacheBudget budget;
  private final List<CachedObjects<?, ?>> states = new ArrayList<>();
  private final List<RocksTimerQueue<?, ?>> queues = new ArrayList<>();
  private long usedBytes;
  private int nextToSweep;

  /** By how much the cache grew when values were fetched together last. */
  private long fetchedBytes;

  /** What was frozen last, until it is known to be written; or null. */
  private FrozenChanges<?> frozen;

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

  /** Where changes are collected; only to be used by {@link Changes}. */
  Batch batch() {
    return batch;
  }

  /** An entry has grown by so many bytes; negative if it has shrunk or gone. */
  void grown(int bytes) {
    usedBytes += bytes;
  }

  long usedBytes() {
    return usedBytes;
  }

  /** The cache has grown by so many bytes of values that were fetched together. */
  void fetched(long bytes) {
    fetchedBytes = bytes;
  }

  /**
   * Whether values that are fetched together stay until their records come: those of the last time
   * fit into the share.
   */
  boolean holdsFetched() {
    return fetchedBytes <= budget.shareBytes();
  }

  /** Another key is about to be set: makes room if there is too little. */
  void betweenKeys() {
    long shareBytes = budget.shareBytes();
    if (usedBytes > shareBytes) {
      sweepOn();
      if (usedBytes > shareBytes + shareBytes / EXCESS_PART) {
        makeRoom(shareBytes);
      }
    }
  }

  /** Whether changes up to a barrier are not in the database yet, so that nothing else may be. */
  boolean isFrozen() {
    if (frozen != null && frozen.isWritten()) {
      settled();
    }
    return frozen != null;
  }

  /** Sees to it that the changes up to the last barrier are in the database. */
  void settle() {
    if (frozen != null) {
      frozen.write();
      settled();
    }
  }

  /**
   * Fixes the present content, which takes no time worth mentioning.
   *
   * @param making makes something of the database when all changes are in it, and no later ones
   */
  <T> FrozenChanges<T> freeze(Supplier<T> making) {
    settle();
    List<FrozenChanges.Part> parts = new ArrayList<>();
    for (CachedObjects<?, ?> each : states) {
      parts.add(each.freeze());
    }
    database.change(this::collectTimers);
    FrozenChanges<T> changes = new FrozenChanges<>(database, batch, parts, making);
    frozen = changes;
    return changes;
  }

  /** Writes all changes to the database. */
  void write() {
    write(
        () -> {
          for (CachedObjects<?, ?> each : states) {
            each.collectChanges();
          }
          collectTimers();
        });
  }

  /** Writes some changes to the database. */
  void write(Changes changes) {
    settle();
    database.change(
        () -> {
          changes.collect();
          batch.write();
        });
  }

  /** Snapshots that were taken are not harmed. */
  void close() {
    states.clear();
    queues.clear();
    budget.leave();
  }

  private void collectTimers() throws RocksDBException {
    for (RocksTimerQueue<?, ?> each : queues) {
      each.collectChanges();
    }
  }

  private void settled() {
    usedBytes += frozen.grownBytes();
    frozen = null;
    states.forEach(CachedObjects::thaw);
  }

  private void makeRoom(long targetBytes) {
    isFrozen(); // what has been written by now may go
    sweepUntil(targetBytes);
    if (usedBytes > targetBytes) {
      write();
      sweepUntil(targetBytes);
    }
  }

  private void sweepUntil(long targetBytes) {
    // two looks at every entry: the first forgets that it was used, the second removes it
    for (int ends = 0; ends <= 2 * states.size() && usedBytes > targetBytes; ) {
      ends += sweepOn() ? 1 : 0;
    }
  }

  /** Goes on looking for entries to remove; says whether a state was looked through to its end. */
  private boolean sweepOn() {
    if (states.isEmpty()) {
      return true;
    }
    boolean end = states.get(nextToSweep).sweep();
    if (end) {
      nextToSweep = (nextToSweep + 1) % states.size();
    }
    return end;
  }
}
