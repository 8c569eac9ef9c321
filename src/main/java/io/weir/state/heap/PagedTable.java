package io.weir.state.heap;

import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * A hash table that is changed in place while snapshots of it are being written. Before a slot is
 * changed for the first time since the newest snapshot, it is kept for those that still have to
 * write it; so a change costs one comparison when there is none.
 *
 * <p>Collisions go to the next free slot; a removal closes the gap, so there are no tombstones. The
 * slots stand in pages, so that no array is so large that the garbage collector has to treat it
 * specially.
 *
 * <p>Places are numbers of slots; a place is valid until the next insertion or removal.
 */
abstract class PagedTable {
  static final int PAGE_BITS = 14;
  static final int PAGE_SLOTS = 1 << PAGE_BITS;
  static final int PAGE_MASK = PAGE_SLOTS - 1;

  /** The slots of a block have their marks in one long. */
  static final int BLOCK_BITS = 6;

  static final int BLOCK_SLOTS = 1 << BLOCK_BITS;
  static final int BLOCK_MASK = BLOCK_SLOTS - 1;

  /** No snapshot has to write the slot. */
  static final int FREE = 0;

  /** The slot was copied for each snapshot that has to write it. */
  static final int KEPT = 1;

  /** There is a snapshot that sees elsewhere the objects that stand in the slot. */
  static final int SEEN = 2;

  private static final int LEAST_BITS = 2;
  private static final long ALL = -1;

  private final Epochs epochs;
  private final int group;
  private final int mostBits;

  /** Slots behind those that keys are spread over. */
  private final int extraSlots;

  /** Always the same array as long as the pages are the same. */
  TablePage[] pages;

  int mask;

  /**
   * For each block the epoch in which its slots were marked, and one bit for each slot that is
   * marked: no snapshot sees what stands there, or it has been kept for it.
   */
  private long[] marks;

  private int size;
  private int bits;
  private int limit;

  /** Counts insertions and removals, to find out about a change during an iteration. */
  private int structure;

  /**
   * A table that has no pages until {@link #makeRoom}.
   *
   * @param group the key group that the entries belong to, counted from the first of the backend
   * @param mostBits of the number of slots
   */
  PagedTable(Epochs epochs, int group, int mostBits, int extraSlots) {
    this.epochs = epochs;
    this.group = group;
    this.mostBits = mostBits;
    this.extraSlots = extraSlots;
  }

  /** A page without entries. */
  abstract TablePage newPage(int slots);

  /** The place where the search for the key in this slot begins. */
  abstract int home(TablePage page, int slot);

  /** Sees to it that the value at this place is one that no snapshot sees. */
  void own(int place) {}

  /** Replaces in a snapshot's copy of a slot the value that the task changes in place. */
  void copyValue(TablePage kept, int slot) {}

  /**
   * Replaces in a snapshot's copy of some slots the values that the task changes in place. For the
   * snapshot's thread, to which it is open whether the task is just doing that.
   *
   * @param reusable copies that were made of slots before, one for each slot at most, and are not
   *     used any more; those that are made now are put there
   */
  void detach(TablePage block, int count, Object[] reusable) {}

  /**
   * Throws what went wrong with {@link #detach}ing, unless it was because of a change.
   *
   * @param block in which what was changed has been taken back
   */
  void requireDetached(TablePage block, int count) {}

  /** Prepares an empty table for so many entries. */
  final void makeRoom(int expected) {
    allocate(TableSize.bitsFor(expected, LEAST_BITS, mostBits));
  }

  final int group() {
    return group;
  }

  final int size() {
    return size;
  }

  /** The number of places. */
  final int places() {
    return mask + 1;
  }

  final boolean isFree(int place) {
    return pages[place >>> PAGE_BITS].isFree(place & PAGE_MASK);
  }

  /** The table as a snapshot sees it that was taken while it was there. */
  final FrozenTable frozen(Epochs.Lease lease) {
    return new FrozenTable(this, lease);
  }

  /** To be called before a slot is changed. */
  final void beforeChange(int place) {
    if (!isMarked(place)) {
      mark(place, false);
    }
  }

  /** Whether it is known that a change of this slot concerns no snapshot any more. */
  final boolean isMarked(int place) {
    return isMarked(marks, place);
  }

  private boolean isMarked(long[] marks, int place) {
    int at = place >>> BLOCK_BITS << 1;
    return marks[at] == epochs.current() && (marks[at + 1] & (1L << place)) != 0;
  }

  /**
   * Keeps what stands in a slot that is not marked, and marks it.
   *
   * @param stays whether its value stays in the table, so that it can be changed itself
   * @return {@link #FREE}, {@link #KEPT} or {@link #SEEN}
   */
  final int mark(int place, boolean stays) {
    int at = place >>> BLOCK_BITS << 1;
    if (!epochs.isShared(group)) {
      marks[at] = epochs.current();
      marks[at + 1] = ALL;
      return FREE;
    }
    if (marks[at] != epochs.current()) {
      marks[at] = epochs.current();
      marks[at + 1] = 0;
    }
    marks[at + 1] |= 1L << place;
    return epochs.keep(this, place, stays) ? KEPT : SEEN;
  }

  /** Removes the key at this place. */
  final void removeAt(int place) {
    entryRemoved();
    int hole = place;
    int next = place;
    while (true) {
      next = (next + 1) & mask;
      TablePage page = pages[next >>> PAGE_BITS];
      if (page.isFree(next & PAGE_MASK)) {
        beforeChange(hole);
        pages[hole >>> PAGE_BITS].free(hole & PAGE_MASK);
        return;
      }
      // an entry may move back as far as its home
      if (((next - home(page, next & PAGE_MASK)) & mask) >= ((next - hole) & mask)) {
        own(next);
        beforeChange(hole);
        pages[hole >>> PAGE_BITS].copy(page, next & PAGE_MASK, hole & PAGE_MASK, 1);
        hole = next;
      }
    }
  }

  /** Whether there must be more slots before another entry is added. */
  final boolean isFull() {
    return size >= limit;
  }

  /** To be called when an entry is put into a slot that was free. */
  final void entryAdded() {
    size++;
    structure++;
  }

  /** To be called when an entry is taken away. */
  final void entryRemoved() {
    size--;
    structure++;
  }

  /** Changes with every insertion and removal. */
  final int structure() {
    return structure;
  }

  final void grow() {
    if (bits == mostBits) {
      throw new IllegalStateException(
          "more than "
              + limit
              + " entries in one table; raise the maximum parallelism of the operator");
    }
    TablePage[] old = pages;
    long[] oldMarks = marks;
    int places = places();
    boolean shared = epochs.isShared(group);
    if (shared) {
      epochs.keep(this);
      VarHandle.storeStoreFence();
    }
    allocate(bits + 1);
    for (int place = 0; place < places; place++) {
      TablePage page = old[place >>> PAGE_BITS];
      int slot = place & PAGE_MASK;
      if (!page.isFree(slot)) {
        int target = freePlace(home(page, slot));
        pages[target >>> PAGE_BITS].copy(page, slot, target & PAGE_MASK, 1);
        if (shared && !isMarked(oldMarks, place)) {
          marks[(target >>> BLOCK_BITS << 1) + 1] &= ~(1L << target);
        }
      }
    }
  }

  /** Where the search for a key that is a number begins: by the lower bits of a hash. */
  final int homeOfNumber(long number) {
    return (int) (((number ^ (number >>> 32)) * 0x9E3779B97F4A7C15L) >>> 32) & mask;
  }

  private int freePlace(int home) {
    int place = home;
    while (!isFree(place)) {
      place = (place + 1) & mask;
    }
    return place;
  }

  private void allocate(int newBits) {
    int capacity = 1 << newBits;
    int slots = capacity + extraSlots;
    TablePage[] allocated = new TablePage[(slots + PAGE_MASK) >>> PAGE_BITS];
    for (int index = 0; index < allocated.length; index++) {
      allocated[index] = newPage(Math.min(PAGE_SLOTS, slots - (index << PAGE_BITS)));
    }
    pages = allocated;
    marks = new long[((slots + BLOCK_MASK) >>> BLOCK_BITS) << 1];
    Arrays.fill(marks, ALL);
    for (int at = 0; at < marks.length; at += 2) {
      marks[at] = epochs.current();
    }
    bits = newBits;
    mask = capacity - 1;
    limit = TableSize.limit(newBits);
  }
}
