package io.weir.state.heap;

import java.util.ConcurrentModificationException;
import java.util.NoSuchElementException;
import java.util.function.UnaryOperator;

/**
 * A hash table to objects, in pages that snapshots share until they are changed. Collisions go to
 * the next free slot; a removal closes the gap, so there are no tombstones.
 *
 * <p>Places are numbers of slots; a place is valid until the next insertion or removal.
 */
abstract class PagedTable {
  static final int PAGE_BITS = 6;
  static final int PAGE_SLOTS = 1 << PAGE_BITS;
  static final int PAGE_MASK = PAGE_SLOTS - 1;
  private static final int LEAST_BITS = 2;
  private static final int MOST_BITS = 28;

  private final Epochs epochs;

  /** The key group that the entries belong to, counted from the first of the backend. */
  private final int group;

  /** Copies a value before the task may change it; null if values are immutable. */
  private final UnaryOperator<Object> copier;

  TablePage[] pages;
  int mask;

  private boolean directoryShared;
  private int size;
  private int bits;
  private int limit;

  /** Counts insertions and removals, to find out about a change during an iteration. */
  private int structure;

  /** A table that has no pages until {@link #makeRoom}. */
  PagedTable(Epochs epochs, int group, UnaryOperator<Object> copier) {
    this.epochs = epochs;
    this.group = group;
    this.copier = copier;
  }

  /** A copy that shares all pages with the original, which must not be changed any more. */
  PagedTable(PagedTable original) {
    epochs = original.epochs;
    group = original.group;
    copier = original.copier;
    pages = original.pages;
    directoryShared = true;
    size = original.size;
    bits = original.bits;
    mask = original.mask;
    limit = original.limit;
  }

  /** A page without entries. */
  abstract TablePage newPage(long epoch, int slots, boolean mutableValues);

  /** The place where the search for the key in this slot begins. */
  abstract int home(TablePage page, int slot);

  /** The place of the current key with a namespace, or null; negative if it is absent. */
  abstract int find(CurrentKey<?> key, Object namespace);

  /** Sets the value of the current key with a namespace, or null. */
  abstract void put(CurrentKey<?> key, Object namespace, Object value);

  /**
   * Reads the slot where the search for a key begins, and the headers of the objects there.
   *
   * @return anything
   */
  abstract int read(Object key);

  abstract Object keyAt(int place);

  /** The namespace at a place of a table with namespaces; null in one without. */
  abstract Object namespaceAt(int place);

  /** Prepares an empty table for so many entries. */
  final void makeRoom(int expected) {
    allocate(TableSize.bitsFor(expected, LEAST_BITS, MOST_BITS));
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

  /** A value to look at: it must not be changed. */
  final Object valueAt(int place) {
    return pages[place >>> PAGE_BITS].value(place & PAGE_MASK);
  }

  /** A value that may be changed: one that a snapshot sees is replaced by a copy. */
  final Object ownedValueAt(int place) {
    TablePage page = pages[place >>> PAGE_BITS];
    int slot = place & PAGE_MASK;
    if (copier == null
        || (page.epoch == epochs.current() && page.isOwned(slot))
        || !epochs.isAnythingShared(group)) {
      return page.value(slot);
    }
    page = writable(place >>> PAGE_BITS);
    if (!page.isOwned(slot)) {
      page.setValue(slot, copier.apply(page.value(slot)));
    }
    return page.value(slot);
  }

  /** Sets the value at the place of a present key. */
  final void setValueAt(int place, Object value) {
    writable(place >>> PAGE_BITS).setValue(place & PAGE_MASK, value);
  }

  /** Removes the key at this place. */
  final void removeAt(int place) {
    size--;
    structure++;
    int hole = place;
    int next = place;
    while (true) {
      next = (next + 1) & mask;
      TablePage page = pages[next >>> PAGE_BITS];
      if (page.isFree(next & PAGE_MASK)) {
        writable(hole >>> PAGE_BITS).free(hole & PAGE_MASK);
        return;
      }
      // an entry may move back as far as its home
      if (((next - home(page, next & PAGE_MASK)) & mask) >= ((next - hole) & mask)) {
        // the copy of a page owns none of its values, so the page that is moved from must be
        // writable too
        TablePage source = writable(next >>> PAGE_BITS);
        writable(hole >>> PAGE_BITS).moveFrom(source, next & PAGE_MASK, hole & PAGE_MASK);
        hole = next;
      }
    }
  }

  /** Goes through the places of all keys. */
  final Cursor cursor() {
    return new Cursor();
  }

  /**
   * Fixes the present content for a snapshot; {@link Epochs#snapshot()} must be called before the
   * next change.
   */
  final TablePage[] freeze() {
    directoryShared = true;
    return pages;
  }

  /** The pages of a table that is frozen because a frozen table holds it. */
  final TablePage[] pages() {
    return pages;
  }

  /** Goes through the entries of a frozen table. */
  static <E extends Exception> void forEach(TablePage[] pages, TablePage.EntryConsumer<E> consumer)
      throws E {
    for (TablePage page : pages) {
      page.forEach(consumer);
    }
  }

  /** Whether there must be more pages before another entry is added. */
  final boolean isFull() {
    return size >= limit;
  }

  /** A page in which an entry will be added now. */
  final TablePage pageForNewEntry(int place) {
    size++;
    structure++;
    return writable(place >>> PAGE_BITS);
  }

  final void grow() {
    if (bits == MOST_BITS) {
      throw new IllegalStateException(
          "more than "
              + limit
              + " entries in one table; raise the maximum parallelism of the operator");
    }
    TablePage[] old = pages;
    allocate(bits + 1);
    for (TablePage page : old) {
      // values of an old page that nobody else sees any more are as much ours as before
      boolean keepOwned = page.owned != null && !epochs.isShared(page.epoch, group);
      for (int slot = 0; slot < page.slots(); slot++) {
        if (!page.isFree(slot)) {
          int place = freePlace(home(page, slot));
          TablePage target = pages[place >>> PAGE_BITS];
          target.moveFrom(page, slot, place & PAGE_MASK);
          target.own(place & PAGE_MASK, keepOwned && page.isOwned(slot));
        }
      }
    }
  }

  private int freePlace(int home) {
    int place = home;
    while (!isFree(place)) {
      place = (place + 1) & mask;
    }
    return place;
  }

  private TablePage writable(int index) {
    TablePage page = pages[index];
    return page.epoch == epochs.current() ? page : makeWritable(index, page);
  }

  private TablePage makeWritable(int index, TablePage old) {
    if (!epochs.isShared(old.epoch, group)) {
      old.epoch = epochs.current();
      return old;
    }
    TablePage copy = old.copy(epochs.current());
    if (directoryShared) {
      pages = pages.clone();
      directoryShared = false;
    }
    pages[index] = copy;
    return copy;
  }

  private void allocate(int newBits) {
    int capacity = 1 << newBits;
    int slots = Math.min(capacity, PAGE_SLOTS);
    pages = new TablePage[capacity / slots];
    for (int index = 0; index < pages.length; index++) {
      pages[index] = newPage(epochs.current(), slots, copier != null);
    }
    directoryShared = false;
    bits = newBits;
    mask = capacity - 1;
    limit = TableSize.limit(newBits);
  }

  /**
   * An iteration. It starts behind a free slot and runs downwards, so that a removal at its place
   * moves only entries that it has passed already.
   */
  final class Cursor {
    private final int start;
    private int passed;
    private int place = -1;
    private int left = size;
    private int expectedStructure = structure;

    private Cursor() {
      int free = 0;
      while (!isFree(free)) {
        free++;
      }
      start = free;
    }

    boolean hasNext() {
      return left > 0;
    }

    /** The place of the next key. */
    int next() {
      if (structure != expectedStructure) {
        throw new ConcurrentModificationException(
            "entries were added or removed during an iteration");
      }
      if (left == 0) {
        throw new NoSuchElementException();
      }
      do {
        passed++;
        place = (start - passed) & mask;
      } while (isFree(place));
      left--;
      return place;
    }

    /** Removes the key that {@link #next()} went to last. */
    void remove() {
      if (place < 0) {
        throw new IllegalStateException("there is no entry to remove: next() comes first");
      }
      if (structure != expectedStructure) {
        throw new ConcurrentModificationException(
            "entries were added or removed during an iteration");
      }
      removeAt(place);
      place = -1;
      expectedStructure = structure;
    }
  }
}
