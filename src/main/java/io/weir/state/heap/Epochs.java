package io.weir.state.heap;

import java.util.ArrayList;
import java.util.List;

/**
 * Divides the life of a backend into epochs: every snapshot ends one. What carries the stamp of an
 * epoch was made in it, so all snapshots that ended this epoch or a later one see it, until they
 * have written its key group.
 *
 * <p>Belongs to the task's thread; only the methods of {@link Lease} may be called from elsewhere.
 */
final class Epochs {
  /** Of the snapshots that were not known to be written when this was looked at last, in order. */
  private final List<Lease> leases = new ArrayList<>();

  private long current = 1;

  /** The stamp of whatever is made now. */
  long current() {
    return current;
  }

  /** Ends the present epoch for a snapshot, which sees everything that was made until now. */
  Lease snapshot() {
    Lease lease = new Lease(current++);
    leases.add(lease);
    return lease;
  }

  /**
   * Whether a snapshot still has to write what was made in this epoch.
   *
   * @param group the key group it belongs to, counted from the first of the backend
   */
  boolean isShared(long epoch, int group) {
    for (int index = leases.size() - 1; index >= 0; index--) {
      Lease lease = leases.get(index);
      int remaining = lease.remaining;
      if (remaining == Lease.NONE) {
        leases.remove(index);
      } else if (lease.epoch < epoch) {
        return false;
      } else if (remaining <= group) {
        return true;
      }
    }
    return false;
  }

  /** Whether a snapshot still has to write anything of a key group. */
  boolean isAnythingShared(int group) {
    return isShared(0, group);
  }

  /** The right of one snapshot to find unchanged what it has not written yet. */
  static final class Lease {
    private static final int NONE = Integer.MAX_VALUE;

    private final long epoch;

    /** The first key group that has not been written; set by the snapshot's thread. */
    private volatile int remaining;

    private Lease(long epoch) {
      this.epoch = epoch;
    }

    /**
     * The snapshot reads this key group, and those in front of it, no more.
     *
     * @param group counted from the first of the backend
     */
    void release(int group) {
      remaining = group + 1;
    }

    /** The snapshot reads nothing any more. */
    void release() {
      remaining = NONE;
    }
  }
}
