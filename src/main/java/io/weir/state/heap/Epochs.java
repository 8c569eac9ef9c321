package io.weir.state.heap;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Divides the life of a backend into epochs: every snapshot ends one. What is changed in an epoch
 * for the first time is kept as it was for all snapshots that still have to write its key group.
 *
 * <p>Belongs to the task's thread; only what {@link Lease} says may be called from elsewhere.
 */
final class Epochs {
  /** Of the snapshots that were not known to be written when this was looked at last, in order. */
  private final List<Lease> leases = new ArrayList<>();

  private long current = 1;

  /** The present epoch. */
  long current() {
    return current;
  }

  /**
   * Ends the present epoch for a snapshot, which sees all changes that were made until now.
   *
   * @param groups how many key groups the backend has
   */
  Lease snapshot(int groups) {
    current++;
    Lease lease = new Lease(groups);
    leases.removeIf(Lease::isReleased);
    leases.add(lease);
    return lease;
  }

  /**
   * Whether a snapshot still has to write a key group.
   *
   * @param group counted from the first of the backend
   */
  boolean isShared(int group) {
    for (int index = leases.size() - 1; index >= 0; index--) {
      Lease lease = leases.get(index);
      if (lease.isReleased()) {
        leases.remove(index);
      } else if (lease.hasToWrite(group)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Keeps what stands at a place of a table for all snapshots that still have to write it.
   *
   * @param stays whether its value stays in the table, so that it can be changed itself
   * @return false if one of them sees the place in other pages, and there as it is now
   */
  boolean keep(PagedTable table, int place, boolean stays) {
    boolean kept = true;
    for (int index = 0; index < leases.size(); index++) {
      Lease lease = leases.get(index);
      if (lease.hasToWrite(table.group())) {
        kept &= lease.keep(table, place, stays);
      }
    }
    return kept;
  }

  /** Keeps the pages of a table, which will not be changed, for the same snapshots. */
  void keep(PagedTable table) {
    for (int index = 0; index < leases.size(); index++) {
      Lease lease = leases.get(index);
      if (lease.hasToWrite(table.group())) {
        lease.keep(table);
      }
    }
  }

  /**
   * The right of one snapshot to find as it was what it has not written yet. What a table was like
   * before changes is with the lease and not with the table, so it goes when a key group has been
   * written.
   */
  static final class Lease {
    private static final int NONE = Integer.MAX_VALUE;

    /** The first key group that has not been written; set by the snapshot's thread. */
    private volatile int remaining;

    /**
     * By key group, and there by table, what has been changed; null if nothing has. Null if all is
     * released.
     */
    private volatile AtomicReferenceArray<Map<PagedTable, BeforeImages>> images;

    private Lease(int groups) {
      images = new AtomicReferenceArray<>(groups);
    }

    /**
     * What a table has been changed from; null if it has not. For the snapshot's thread, which must
     * have read what it reads of the table before.
     */
    BeforeImages before(PagedTable table) {
      Map<PagedTable, BeforeImages> ofGroup = images.get(table.group());
      return ofGroup == null ? null : ofGroup.get(table);
    }

    /**
     * The snapshot reads this key group, and those in front of it, no more. For the snapshot's
     * thread.
     *
     * @param group counted from the first of the backend
     */
    void release(int group) {
      remaining = group + 1;
      images.set(group, null);
    }

    /** The snapshot reads nothing any more. For the snapshot's thread. */
    void release() {
      remaining = NONE;
      images = null;
    }

    private boolean isReleased() {
      return remaining == NONE;
    }

    private boolean hasToWrite(int group) {
      return remaining <= group;
    }

    private boolean keep(PagedTable table, int place, boolean stays) {
      BeforeImages kept = keep(table);
      return kept == null || kept.keep(table, place, stays);
    }

    private BeforeImages keep(PagedTable table) {
      AtomicReferenceArray<Map<PagedTable, BeforeImages>> present = images;
      if (present == null) {
        return null;
      }
      Map<PagedTable, BeforeImages> ofGroup = present.get(table.group());
      if (ofGroup == null) {
        ofGroup = new ConcurrentHashMap<>();
        present.set(table.group(), ofGroup);
      }
      BeforeImages kept = ofGroup.get(table);
      if (kept == null) {
        kept = new BeforeImages(table.pages);
        ofGroup.put(table, kept);
      }
      return kept;
    }
  }
}
