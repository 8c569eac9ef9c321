package io.weir.state.heap;

import java.util.ConcurrentModificationException;
import java.util.NoSuchElementException;
import java.util.function.UnaryOperator;

/**
 * A hash table from a key, or a key and a namespace, to a value, in pages that snapshots share
 * until they are changed. Collisions go to the next free slot; a removal closes the gap, so there
 * are no tombstones.
 *
 * <p>Places are numbers of slots; a place is valid until the next insertion or removal. Hashes are
 * those of {@link #hash}.
 */
final class ObjectTable {
  private static final int PAGE_BITS = 6;
  private static final int PAGE_SLOTS = 1 << PAGE_BITS;
  private static final int PAGE_MASK = PAGE_SLOTS - 1;
  private static final int LEAST_BITS = 2;
  private static final int MOST_BITS = 28;

  private static final int VALUE = 1;
  private static final int NAMESPACE = 2;

  private final Epochs epochs;

  /** The key group that the entries belong to, counted from the first of the backend. */
  private final int group;

  /** Array elements a slot: 2, or 3 with a namespace. */
  private final int stride;

  /** Copies a value before the task may change it; null if values are immutable. */
  private final UnaryOperator<Object> copier;

  private ObjectPage[] pages;
  private boolean directoryShared;
  private int size;
  private int bits;
  private int mask;
  private int limit;

  /** Counts insertions and removals, to find out about a change during an iteration. */
  private int structure;

  ObjectTable(Epochs epochs, int group, boolean namespaced, UnaryOperator<Object> copier) {
    this(epochs, group, namespaced, copier, 0);
  }

  /**
   * @param expected how many entries it will probably get
   */
  ObjectTable(
      Epochs epochs, int group, boolean namespaced, UnaryOperator<Object> copier, int expected) {
    this.epochs = epochs;
    this.group = group;
    this.stride = namespaced ? 3 : 2;
    this.copier = copier;
    allocate(TableSize.bitsFor(expected, LEAST_BITS, MOST_BITS));
  }

  /** A copy that shares all pages with the original, which must not be changed any more. */
  ObjectTable(ObjectTable original) {
    epochs = original.epochs;
    group = original.group;
    stride = original.stride;
    copier = original.copier;
    pages = original.pages;
    directoryShared = true;
    size = original.size;
    bits = original.bits;
    mask = original.mask;
    limit = original.limit;
  }

  /** Spreads a hash code over all bits but the last, which is 1. */
  static int hash(int hashCode) {
    int spread = (hashCode ^ (hashCode >>> 15)) * 0x9E3779B9;
    return ((spread ^ (spread >>> 16)) * 0x85EBCA6B) | 1;
  }

  int size() {
    return size;
  }

  /** The place of a key; negative if it is absent. */
  int find(int hash, Object key, Object namespace) {
    int place = home(hash);
    while (true) {
      ObjectPage page = pages[place >>> PAGE_BITS];
      int slot = place & PAGE_MASK;
      int found = page.hashes[slot];
      if (found == 0) {
        return ~place;
      }
      if (found == hash && holds(page, slot * stride, key, namespace)) {
        return place;
      }
      place = (place + 1) & mask;
    }
  }

  /**
   * Reads the slot where the search for a key begins, and the headers of the objects there.
   *
   * @return anything
   */
  int read(int hash) {
    int place = home(hash);
    ObjectPage page = pages[place >>> PAGE_BITS];
    int slot = place & PAGE_MASK;
    Object key = page.entries[slot * stride];
    Object value = page.entries[slot * stride + VALUE];
    int objects = (key instanceof Number ? 1 : 0) + (value instanceof Number ? 1 : 0);
    return page.hashes[slot] + objects;
  }

  /** The number of places. */
  int places() {
    return mask + 1;
  }

  boolean isFree(int place) {
    return pages[place >>> PAGE_BITS].hashes[place & PAGE_MASK] == 0;
  }

  /** The namespace at a place of a table with namespaces; null in one without. */
  Object namespaceAt(int place) {
    return stride > NAMESPACE
        ? pages[place >>> PAGE_BITS].entries[(place & PAGE_MASK) * stride + NAMESPACE]
        : null;
  }

  Object keyAt(int place) {
    return pages[place >>> PAGE_BITS].entries[(place & PAGE_MASK) * stride];
  }

  /** A value to look at: it must not be changed. */
  Object valueAt(int place) {
    return pages[place >>> PAGE_BITS].entries[(place & PAGE_MASK) * stride + VALUE];
  }

  /** A value that may be changed: one that a snapshot sees is replaced by a copy. */
  Object ownedValueAt(int place) {
    ObjectPage page = pages[place >>> PAGE_BITS];
    int slot = place & PAGE_MASK;
    int at = slot * stride + VALUE;
    if (copier == null
        || (page.epoch == epochs.current() && page.isOwned(slot))
        || !epochs.isAnythingShared(group)) {
      return page.entries[at];
    }
    page = writable(place >>> PAGE_BITS);
    if (!page.isOwned(slot)) {
      page.entries[at] = copier.apply(page.entries[at]);
      page.own(slot, true);
    }
    return page.entries[at];
  }

  /** Sets the value at the place of a present key. */
  void setValueAt(int place, Object value) {
    ObjectPage page = writable(place >>> PAGE_BITS);
    int slot = place & PAGE_MASK;
    int at = slot * stride + VALUE;
    // writing what is there already would make the garbage collector look at its surroundings
    if (page.entries[at] != value) {
      page.entries[at] = value;
    }
    page.own(slot, true);
  }

  void put(int hash, Object key, Object namespace, Object value) {
    int place = find(hash, key, namespace);
    if (place >= 0) {
      setValueAt(place, value);
    } else {
      insertAt(place, hash, key, namespace, value);
    }
  }

  /**
   * Adds a key.
   *
   * @param absentPlace what {@link #find} has returned for it
   */
  void insertAt(int absentPlace, int hash, Object key, Object namespace, Object value) {
    int place = ~absentPlace;
    if (size >= limit) {
      grow();
      place = ~find(hash, key, namespace);
    }
    ObjectPage page = writable(place >>> PAGE_BITS);
    int slot = place & PAGE_MASK;
    page.hashes[slot] = hash;
    page.entries[slot * stride] = key;
    page.entries[slot * stride + VALUE] = value;
    if (stride > NAMESPACE) {
      page.entries[slot * stride + NAMESPACE] = namespace;
    }
    page.own(slot, true);
    size++;
    structure++;
  }

  /** Removes the key at this place. */
  void removeAt(int place) {
    size--;
    structure++;
    int hole = place;
    int next = place;
    while (true) {
      next = (next + 1) & mask;
      ObjectPage page = pages[next >>> PAGE_BITS];
      int hash = page.hashes[next & PAGE_MASK];
      if (hash == 0) {
        writable(hole >>> PAGE_BITS).free(hole & PAGE_MASK, stride);
        return;
      }
      // an entry may move back as far as its home
      if (((next - home(hash)) & mask) >= ((next - hole) & mask)) {
        // the copy of a page owns none of its values, so the page that is moved from must be
        // writable too
        ObjectPage source = writable(next >>> PAGE_BITS);
        writable(hole >>> PAGE_BITS).moveFrom(source, next & PAGE_MASK, hole & PAGE_MASK, stride);
        hole = next;
      }
    }
  }

  /** Goes through the places of all keys. */
  Cursor cursor() {
    return new Cursor();
  }

  /**
   * Fixes the present content for a snapshot; {@link Epochs#snapshot()} must be called before the
   * next change.
   */
  ObjectPage[] freeze() {
    directoryShared = true;
    return pages;
  }

  /** The pages of a table that is frozen because a frozen table holds it. */
  ObjectPage[] pages() {
    return pages;
  }

  /** Goes through the entries of a frozen table. */
  static <E extends Exception> void forEach(ObjectPage[] pages, EntryConsumer<E> consumer)
      throws E {
    for (ObjectPage page : pages) {
      int stride = page.entries.length / page.hashes.length;
      for (int slot = 0; slot < page.hashes.length; slot++) {
        if (page.hashes[slot] != 0) {
          int at = slot * stride;
          consumer.accept(
              page.entries[at],
              stride > NAMESPACE ? page.entries[at + NAMESPACE] : null,
              page.entries[at + VALUE]);
        }
      }
    }
  }

  private boolean holds(ObjectPage page, int at, Object key, Object namespace) {
    Object found = page.entries[at];
    return (found == key || found.equals(key))
        && (stride <= NAMESPACE || page.entries[at + NAMESPACE].equals(namespace));
  }

  /**
   * By the lower bits: entries that come in the order of another table then spread over this one,
   * however large either is. By the upper bits they would crowd at its beginning until it grows.
   */
  private int home(int hash) {
    return (hash >>> 1) & mask;
  }

  private ObjectPage writable(int index) {
    ObjectPage page = pages[index];
    return page.epoch == epochs.current() ? page : makeWritable(index, page);
  }

  private ObjectPage makeWritable(int index, ObjectPage old) {
    if (!epochs.isShared(old.epoch, group)) {
      old.epoch = epochs.current();
      return old;
    }
    ObjectPage copy = new ObjectPage(epochs.current(), old);
    if (directoryShared) {
      pages = pages.clone();
      directoryShared = false;
    }
    pages[index] = copy;
    return copy;
  }

  private void grow() {
    if (bits == MOST_BITS) {
      throw new IllegalStateException(
          "more than "
              + limit
              + " entries in one table; raise the maximum parallelism of the operator");
    }
    ObjectPage[] old = pages;
    allocate(bits + 1);
    for (ObjectPage page : old) {
      // values of an old page that nobody else sees any more are as much ours as before
      boolean keepOwned = page.owned != null && !epochs.isShared(page.epoch, group);
      for (int slot = 0; slot < page.hashes.length; slot++) {
        if (page.hashes[slot] != 0) {
          int place = freePlace(page.hashes[slot]);
          ObjectPage target = pages[place >>> PAGE_BITS];
          target.moveFrom(page, slot, place & PAGE_MASK, stride);
          target.own(place & PAGE_MASK, keepOwned && page.isOwned(slot));
        }
      }
    }
  }

  private int freePlace(int hash) {
    int place = home(hash);
    while (pages[place >>> PAGE_BITS].hashes[place & PAGE_MASK] != 0) {
      place = (place + 1) & mask;
    }
    return place;
  }

  private void allocate(int newBits) {
    int capacity = 1 << newBits;
    int slots = Math.min(capacity, PAGE_SLOTS);
    pages = new ObjectPage[capacity / slots];
    for (int index = 0; index < pages.length; index++) {
      pages[index] = new ObjectPage(epochs.current(), slots, stride, copier != null);
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

  /** Takes entries; the namespace is null in a table without. */
  @FunctionalInterface
  interface EntryConsumer<E extends Exception> {
    void accept(Object key, Object namespace, Object value) throws E;
  }
}
