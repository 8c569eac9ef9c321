package io.weir.state.heap;

/**
 * A {@link PagedTable} from long to long. Key and value stand side by side, so an access touches
 * one cache line. A slot whose key is {@link #EMPTY} is free; the value of that key itself stands
 * in a slot of its own behind all others, where it is marked by a key that is not {@code EMPTY}.
 */
final class LongTable extends PagedTable {
  static final long EMPTY = 0;
  private static final long PRESENT = 1;
  private static final int MOST_BITS = 29;

  /** Of the pages: key and value of each slot. */
  private long[][] numbers;

  LongTable(Epochs epochs, int group) {
    this(epochs, group, 0);
  }

  /**
   * @param expected how many entries it will probably get
   */
  LongTable(Epochs epochs, int group, int expected) {
    super(epochs, group, MOST_BITS, 1);
    makeRoom(expected);
    usePages();
  }

  /**
   * The place of a key, for {@link #valueAt}; negative if the key is absent. Valid until the next
   * change.
   */
  int find(long key) {
    if (key == EMPTY) {
      return isFree(emptyKeyPlace()) ? -1 : emptyKeyPlace();
    }
    int place = homeOfNumber(key);
    while (true) {
      long found = keyAt(place);
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
    int place = homeOfNumber(key);
    return keyAt(place) + valueAt(place);
  }

  long valueAt(int place) {
    return numbers[place >>> PAGE_BITS][((place & PAGE_MASK) << 1) + 1];
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
    if (key == EMPTY) {
      putEmptyKey(value);
      return;
    }
    int place = likelyPlace <= mask && keyAt(likelyPlace) == key ? likelyPlace : find(key);
    if (place < 0) {
      insert(~place, key, value);
    } else {
      beforeChange(place);
      setValueAt(place, value);
    }
  }

  /** Removes a key if it is present. */
  void remove(long key) {
    int place = find(key);
    if (place < 0) {
      return;
    }
    if (key == EMPTY) {
      beforeChange(place);
      pages[place >>> PAGE_BITS].free(place & PAGE_MASK);
      entryRemoved();
    } else {
      removeAt(place);
    }
  }

  /** All keys, in no particular order. */
  long[] keys() {
    long[] keys = new long[size()];
    int count = 0;
    for (int place = 0; place <= mask; place++) {
      if (keyAt(place) != EMPTY) {
        keys[count++] = keyAt(place);
      }
    }
    if (!isFree(emptyKeyPlace())) {
      keys[count] = EMPTY;
    }
    return keys;
  }

  /** Goes through the entries that a snapshot sees. */
  static <E extends Exception> void forEach(FrozenTable table, EntryConsumer<E> consumer) throws E {
    while (table.next()) {
      long[] block = ((LongPage) table.block()).numbers;
      int end = table.count() << 1;
      for (int at = 0; at < end; at += 2) {
        if (block[at] != EMPTY) {
          boolean isEmptyKey = table.isLast() && at == end - 2;
          consumer.accept(isEmptyKey ? EMPTY : block[at], block[at + 1]);
        }
      }
    }
  }

  @Override
  TablePage newPage(int slots) {
    return new LongPage(slots);
  }

  @Override
  int home(TablePage page, int slot) {
    return homeOfNumber(((LongPage) page).numbers[slot << 1]);
  }

  private void putEmptyKey(long value) {
    int place = emptyKeyPlace();
    beforeChange(place);
    if (isFree(place)) {
      setKeyAt(place, PRESENT);
      entryAdded();
    }
    setValueAt(place, value);
  }

  private void insert(int freePlace, long key, long value) {
    int place = freePlace;
    if (isFull()) {
      growWithEmptyKey();
      place = ~find(key);
    }
    beforeChange(place);
    setKeyAt(place, key);
    setValueAt(place, value);
    entryAdded();
  }

  private void growWithEmptyKey() {
    TablePage[] old = pages;
    int place = emptyKeyPlace();
    grow();
    usePages();
    pages[emptyKeyPlace() >>> PAGE_BITS].copy(
        old[place >>> PAGE_BITS], place & PAGE_MASK, emptyKeyPlace() & PAGE_MASK, 1);
  }

  private void usePages() {
    numbers = new long[pages.length][];
    for (int index = 0; index < pages.length; index++) {
      numbers[index] = ((LongPage) pages[index]).numbers;
    }
  }

  private long keyAt(int place) {
    return numbers[place >>> PAGE_BITS][(place & PAGE_MASK) << 1];
  }

  private void setKeyAt(int place, long key) {
    numbers[place >>> PAGE_BITS][(place & PAGE_MASK) << 1] = key;
  }

  private void setValueAt(int place, long value) {
    numbers[place >>> PAGE_BITS][((place & PAGE_MASK) << 1) + 1] = value;
  }

  private int emptyKeyPlace() {
    return mask + 1;
  }

  /** Takes entries. */
  @FunctionalInterface
  interface EntryConsumer<E extends Exception> {
    void accept(long key, long value) throws E;
  }
}
