package io.weir.state.heap;

import java.util.ArrayDeque;

/**
 * Divides the life of a backend into epochs: every snapshot ends one. What carries the stamp of an
 * epoch was made in it, so all snapshots that ended this epoch or a later one see it.
 *
 * <p>Belongs to the task's thread; only {@link Lease#release()} may be called from elsewhere.
 */
final class Epochs {
  private final ArrayDeque<Lease> leases = new ArrayDeque<>();
  private long current = 1;

  /** The stamp of whatever is made now. */
  long current() {
    return current;
  }

  /** Ends the present epoch for a snapshot, which sees everything that was made until now. */
  Lease snapshot() {
    Lease lease = new Lease(current++);
    leases.addLast(lease);
    return lease;
  }

  /** Whether a snapshot that is still being written sees what was made in this epoch. */
  boolean isShared(long epoch) {
    Lease newest;
    while ((newest = leases.peekLast()) != null && newest.released) {
      leases.removeLast();
    }
    return newest != null && newest.epoch >= epoch;
  }

  /** Whether any snapshot is still being written. */
  boolean isAnythingShared() {
    return isShared(0);
  }

  /** The right of one snapshot to find unchanged what it sees. */
  static final class Lease {
    private final long epoch;

    /** Written once by the snapshot's thread, read by the task's. */
    private volatile boolean released;

    private Lease(long epoch) {
      this.epoch = epoch;
    }

    void release() {
      released = true;
    }
  }
}
