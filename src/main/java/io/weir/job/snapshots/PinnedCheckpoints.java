package io.weir.job.snapshots;

import java.util.HashSet;
import java.util.Set;

/**
 * The completed checkpoints of a running job that stay until their user says otherwise, also when
 * they are subsumed. Used by the job's actor alone.
 */
public final class PinnedCheckpoints {
  private final Set<Long> pinned;

  /** Those that would have been removed meanwhile. */
  private final Set<Long> subsumed = new HashSet<>();

  public PinnedCheckpoints(Set<Long> pinned) {
    this.pinned = new HashSet<>(pinned);
  }

  /** A checkpoint is subsumed; whether it stays all the same. */
  public boolean keeps(long checkpointId) {
    if (!pinned.contains(checkpointId)) {
      return false;
    }
    subsumed.add(checkpointId);
    return true;
  }

  public void pin(long checkpointId) {
    pinned.add(checkpointId);
  }

  /** Whether it stays only because it is pinned. */
  public boolean isSubsumed(long checkpointId) {
    return subsumed.contains(checkpointId);
  }

  /** Lets go of it; whether it has to be removed now. */
  public boolean unpin(long checkpointId) {
    pinned.remove(checkpointId);
    return subsumed.remove(checkpointId);
  }
}
