package io.weir.state.heap;

import java.util.Arrays;

/**
 * A hash table from long to long, in pages that snapshots share until they are changed. Key and
 * value stand side by side, so an access touches one cache line. Collisions go to the next free
 * slot; a removal closes the gap, so there are no tombstones.
 *
 * <p>Layout of a page: its epoch, then key and value of each slot. A slot whose key is {@link
 * #EMPTY} is free; the value of that key itself stands in a slot of its own at the end of the first
 * page, where it is marked by a key that is not {@code EMPTY}.
 */
final class LongTable {
  private static final long EMPTY = 0;
  private static final long PRESENT = 1;

  private static final int PAGE_BITS = 10;
  private static final int PAGE_SLOTS = 1 << PAGE_BITS;
  private static final int PAGE_MASK = PAGE_SLOTS - 1;
  private static final int FIRST_SLOT = 1;
  private static final int LEAST_BITS = 2;
  private static final int MOST_BITS = 30;

  private final Epochs epochs;

  /** The key group that the entries belong to, counted from the first of the backend. */
  private final int group;

  private long[][] pages;
  private boolean directoryShared;
  private int size;
  private int bits;
  private int mask;
  private int limit;

  LongTable(Epochs epochs, int group) {
    this(epochs, group, 0);
  }

  /**
   * @param expected how many entries it will probably get
   */
  LongTable(Epochs epochs, int group, int expected) {
    this.epochs = epochs;
    this.group = group;
    allocate(TableSize.bitsFor(expected, LEAST_BITS, MOST_BITS));
  }

  int size() {
    return size;
  }

  /**
   * The place of a key, for {@link #valueAt}; negative if the key is absent. Valid until the next
   * change.
   */
  int find(long key) {
    if (key == EMPTY) {
      return pages[0][emptyKeySlot(pages[0])] == PRESENT ? emptyKeyPlace() : -1;
    }
    int place = home(key);
    while (true) {
      long[] page = pages[place >>> PAGE_BITS];
      long found = page[slot(place)];
      if (found == key) {
        return place;
      }
      if (found == EMPTY) {
        return ~place;
      }
      place = (place + 1) & mask;
    }
  }

  /**
   * Reads the slot where the search for a key begins.
   *
   * @return anything
   */
  long read(long key) {
    int place = home(key);
    long[] page = pages[place >>> PAGE_BITS];
    return page[slot(place)] + page[slot(place) + 1];
  }

  long valueAt(int place) {
    if (place == emptyKeyPlace()) {
      return pages[0][emptyKeySlot(pages[0]) + 1];
    }
    return pages[place >>> PAGE_BITS][slot(place) + 1];
  }

  void put(long key, long value) {
    put(key, value, 0);
  }

  /**
   * Puts a value.
   *
   * @param likelyPlace where the key may stand: what {@link #find} returned once, or anything from
   *     0
   */
  void put(long key, long value, int likelyPlace) {
    if (likelyPlace <= mask && key != EMPTY) {
      int index = likelyPlace >>> PAGE_BITS;
      if (pages[index][slot(likelyPlace)] == key) {
        writable(index)[slot(likelyPlace) + 1] = value;
        return;
      }
    }
    if (key == EMPTY) {
      putEmptyKey(value);
      return;
    }
    int place = find(key);
    if (place >= 0) {
      writable(place >>> PAGE_BITS)[slot(place) + 1] = value;
    } else {
      insert(~place, key, value);
    }
  }

  /** Removes a key if it is present. */
  void remove(long key) {
    int place = find(key);
    if (place < 0) {
      return;
    }
    size--;
    if (key == EMPTY) {
      long[] page = writable(0);
      page[emptyKeySlot(page)] = EMPTY;
      return;
    }
    int hole = place;
    int next = place;
    while (true) {
      next = (next + 1) & mask;
      long[] page = pages[next >>> PAGE_BITS];
      long moved = page[slot(next)];
      if (moved == EMPTY) {
        writable(hole >>> PAGE_BITS)[slot(hole)] = EMPTY;
        return;
      }
      // an entry may move back as far as its home
      if (((next - home(moved)) & mask) >= ((next - hole) & mask)) {
        long[] target = writable(hole >>> PAGE_BITS);
        target[slot(hole)] = moved;
        target[slot(hole) + 1] = page[slot(next) + 1];
        hole = next;
      }
    }
  }

  /** All keys, in no particular order. */
  long[] keys() {
    long[] keys = new long[size];
    int[] count = new int[1];
    forEach(pages, (key, value) -> keys[count[0]++] = key);
    return keys;
  }

  /**
   * Fixes the present content for a snapshot; {@link Epochs#snapshot()} must be called before the
   * next change.
   */
  long[][] freeze() {
    directoryShared = true;
    return pages;
  }

  /** Goes through the entries of a frozen table. */
  static <E extends Exception> void forEach(long[][] pages, EntryConsumer<E> consumer) throws E {
    int emptyKey = emptyKeySlot(pages[0]);
    if (pages[0][emptyKey] == PRESENT) {
      consumer.accept(EMPTY, pages[0][emptyKey + 1]);
    }
    for (int index = 0; index < pages.length; index++) {
      long[] page = pages[index];
      int end = index == 0 ? emptyKey : page.length;
      for (int slot = FIRST_SLOT; slot < end; slot += 2) {
        if (page[slot] != EMPTY) {
          consumer.accept(page[slot], page[slot + 1]);
        }
      }
    }
  }

  private void putEmptyKey(long value) {
    long[] page = writable(0);
    int slot = emptyKeySlot(page);
    if (page[slot] == EMPTY) {
      page[slot] = PRESENT;
      size++;
    }
    page[slot + 1] = value;
  }

  private void insert(int freePlace, long key, long value) {
    int place = freePlace;
    if (size >= limit) {
      grow();
      place = ~find(key);
    }
    long[] page = writable(place >>> PAGE_BITS);
    page[slot(place)] = key;
    page[slot(place) + 1] = value;
    size++;
  }

  private void grow() {
    if (bits == MOST_BITS) {
      throw new IllegalStateException(
          "more than "
              + limit
              + " keys in one key group; raise the maximum parallelism of the operator");
    }
    long[][] old = pages;
    allocate(bits + 1);
    forEach(old, this::place);
  }

  /** Puts an entry of the old pages into the new ones. */
  private void place(long key, long value) {
    if (key == EMPTY) {
      long[] page = pages[0];
      page[emptyKeySlot(page)] = PRESENT;
      page[emptyKeySlot(page) + 1] = value;
      return;
    }
    int place = home(key);
    while (pages[place >>> PAGE_BITS][slot(place)] != EMPTY) {
      place = (place + 1) & mask;
    }
    long[] page = pages[place >>> PAGE_BITS];
    page[slot(place)] = key;
    page[slot(place) + 1] = value;
  }

  private void allocate(int newBits) {
    int capacity = 1 << newBits;
    int slots = Math.min(capacity, PAGE_SLOTS);
    pages = new long[capacity / slots][];
    for (int index = 0; index < pages.length; index++) {
      int slotsHere = index == 0 ? slots + 1 : slots;
      pages[index] = new long[FIRST_SLOT + 2 * slotsHere];
      pages[index][0] = epochs.current();
    }
    directoryShared = false;
    bits = newBits;
    mask = capacity - 1;
    limit = TableSize.limit(newBits);
  }

  private long[] writable(int index) {
    long[] page = pages[index];
    return page[0] == epochs.current() ? page : makeWritable(index, page);
  }

  private long[] makeWritable(int index, long[] old) {
    long[] page = old;
    if (epochs.isShared(old[0], group)) {
      page = Arrays.copyOf(old, old.length);
      if (directoryShared) {
        pages = pages.clone();
        directoryShared = false;
      }
      pages[index] = page;
    }
    page[0] = epochs.current();
    return page;
  }

  /** By the lower bits of a hash, as in {@link ObjectTable}. */
  private int home(long key) {
    return (int) (((key ^ (key >>> 32)) * 0x9E3779B97F4A7C15L) >>> 32) & mask;
  }

  private int emptyKeyPlace() {
    return mask + 1;
  }

  private static int slot(int place) {
    return FIRST_SLOT + ((place & PAGE_MASK) << 1);
  }

  private static int emptyKeySlot(long[] firstPage) {
    return firstPage.length - 2;
  }

  /** Takes entries. */
  @FunctionalInterface
  interface EntryConsumer<E extends Exception> {
    void accept(long key, long value) throws E;
  }
}
