package io.weir.state.heap;

import java.util.ConcurrentModificationException;
import java.util.NoSuchElementException;

/** A {@link PagedTable} to objects. */
abstract class ValueTable extends PagedTable {
  private static final int MOST_BITS = 28;

  private final ValueCopies copies;

  ValueTable(Epochs epochs, int group, ValueCopies copies) {
    super(epochs, group, MOST_BITS, 0);
    this.copies = copies;
  }

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

  /** A value to look at: it must not be changed. */
  final Object valueAt(int place) {
    return page(place).value(place & PAGE_MASK);
  }

  /** A value that may be changed: of one that a snapshot sees, it or the task gets a copy. */
  final Object ownedValueAt(int place) {
    own(place);
    return page(place).value(place & PAGE_MASK);
  }

  @Override
  final void own(int place) {
    if (copies == ValueCopies.NONE || isMarked(place)) {
      return;
    }
    int seen = mark(place, true);
    if (seen == SEEN || (seen == KEPT && !copies.areForSnapshots())) {
      copies.replace(page(place), place & PAGE_MASK);
    }
  }

  @Override
  final void copyValue(TablePage kept, int slot) {
    if (copies.areForSnapshots()) {
      copies.replace((ValuePage) kept, slot);
    }
  }

  @Override
  final void detach(TablePage block, int count, Object[] reusable) {
    if (copies.areForSnapshots()) {
      copies.replaceAll((ValuePage) block, count, reusable);
    }
  }

  @Override
  final void requireDetached(TablePage block, int count) {
    if (copies.areForSnapshots()) {
      copies.requireReplaced((ValuePage) block, count);
    }
  }

  /** Sets the value at the place of a present key. */
  final void setValueAt(int place, Object value) {
    ValuePage page = page(place);
    int slot = place & PAGE_MASK;
    // storing what is there already would make the garbage collector look at its surroundings
    if (page.value(slot) != value) {
      beforeChange(place);
      page.setValue(slot, value);
    }
  }

  /** Goes through the places of all keys. */
  final Cursor cursor() {
    return new Cursor();
  }

  /** Goes through the entries that a snapshot sees; a value is valid until the next block. */
  static <E extends Exception> void forEach(FrozenTable table, EntryConsumer<E> consumer) throws E {
    while (table.next()) {
      ((ValuePage) table.block()).forEach(table.count(), consumer);
    }
  }

  private ValuePage page(int place) {
    return (ValuePage) pages[place >>> PAGE_BITS];
  }

  /** Takes entries; the namespace is null in a table without. */
  @FunctionalInterface
  interface EntryConsumer<E extends Exception> {
    void accept(Object key, Object namespace, Object value) throws E;
  }

  /**
   * An iteration. It starts behind a free slot and runs downwards, so that a removal at its place
   * moves only entries that it has passed already.
   */
  final class Cursor {
    private final int start;
    private int passed;
    private int place = -1;
    private int left = size();
    private int expectedStructure = structure();

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
      if (structure() != expectedStructure) {
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
      if (structure() != expectedStructure) {
        throw new ConcurrentModificationException(
            "entries were added or removed during an iteration");
      }
      removeAt(place);
      place = -1;
      expectedStructure = structure();
    }
  }
}
