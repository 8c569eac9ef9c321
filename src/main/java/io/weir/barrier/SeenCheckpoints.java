package io.weir.barrier;

import java.util.TreeSet;

/** Which checkpoints a task has seen, and which were given up before they came here. */
final class SeenCheckpoints {
  /**
   * A task that is stuck for long hears of one abort per expired checkpoint; the oldest matter
   * least, since newer barriers overtake them anyway.
   */
  static final int MAX_REMEMBERED_ABORTS = 128;

  private final TreeSet<Long> abortedAhead = new TreeSet<>();
  private long newest = BarrierHandler.NO_CHECKPOINT;

  long newest() {
    return newest;
  }

  /** Whether the id is newer than all before; then it is the newest from now on. */
  boolean advanceTo(long checkpointId) {
    if (checkpointId <= newest) {
      return false;
    }
    newest = checkpointId;
    abortedAhead.headSet(checkpointId, false).clear();
    return true;
  }

  /** Remembers that a checkpoint was given up, if it may still come. */
  void rememberAborted(long checkpointId) {
    if (checkpointId <= newest) {
      return;
    }
    abortedAhead.add(checkpointId);
    if (abortedAhead.size() > MAX_REMEMBERED_ABORTS) {
      abortedAhead.pollFirst();
    }
  }

  boolean forgetAborted(long checkpointId) {
    return abortedAhead.remove(checkpointId);
  }
}
