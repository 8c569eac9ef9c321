package io.weir.state.rocksdb;

import io.weir.snapshot.StateHandle;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which files of the database the storage has already. Only what belongs to a completed checkpoint
 * counts: what was written for one that came to nothing is removed. Safe for use by several
 * threads.
 */
final class Uploads {
  private final TreeMap<Long, Map<String, StateHandle>> pending = new TreeMap<>();

  /** By the names of the database's files, which it gives once only. */
  private Map<String, StateHandle> completed;

  /**
   * @param restored files that the database was restored from, by name
   */
  Uploads(Map<String, StateHandle> restored) {
    completed = Map.copyOf(restored);
  }

  /** The files of the newest checkpoint that is complete. */
  synchronized Map<String, StateHandle> completed() {
    return completed;
  }

  /** The files of a checkpoint have been written. */
  synchronized void written(long checkpointId, Map<String, StateHandle> files) {
    pending.put(checkpointId, Map.copyOf(files));
  }

  synchronized void checkpointCompleted(long checkpointId) {
    Map<String, StateHandle> files = pending.get(checkpointId);
    if (files != null) {
      completed = files;
      pending.headMap(checkpointId, true).clear();
    }
  }

  synchronized void checkpointAborted(long checkpointId) {
    pending.remove(checkpointId);
  }
}
