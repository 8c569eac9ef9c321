package io.weir.state.heap;

/**
 * A {@link ValueTable} by keys that are numbers, which are no objects here: there is nothing that a
 * search or a snapshot would have to wait for, and less for the garbage collector to keep. Values
 * are never null.
 */
final class NumberKeyTable extends ValueTable {
  /** The key of a free slot, and of one slot that has a value. */
  private static final long ZERO = 0;

  private final Primitive kind;

  /**
   * @param kind of the keys
   * @param expected how many entries it will probably get
   */
  NumberKeyTable(Epochs epochs, int group, Primitive kind, ValueCopies copies, int expected) {
    super(epochs, group, copies);
    this.kind = kind;
    makeRoom(expected);
  }

  @Override
  int find(CurrentKey<?> key, Object namespace) {
    return find(key.number());
  }

  @Override
  int read(Object key) {
    int place = homeOfNumber(kind.bits(key));
    Page page = (Page) pages[place >>> PAGE_BITS];
    int slot = place & PAGE_MASK;
    return (int) page.numbers[slot] + (page.entries[slot] instanceof Number ? 1 : 0);
  }

  @Override
  void put(CurrentKey<?> key, Object namespace, Object value) {
    long number = key.number();
    int place = find(number);
    if (place >= 0) {
      setValueAt(place, value);
      return;
    }
    if (isFull()) {
      grow();
      place = find(number);
    }
    beforeChange(~place);
    Page page = (Page) pages[~place >>> PAGE_BITS];
    int slot = ~place & PAGE_MASK;
    page.numbers[slot] = number;
    page.setValue(slot, value);
    entryAdded();
  }

  @Override
  Object keyAt(int place) {
    return kind.value(((Page) pages[place >>> PAGE_BITS]).numbers[place & PAGE_MASK]);
  }

  @Override
  Object namespaceAt(int place) {
    return null;
  }

  @Override
  TablePage newPage(int slots) {
    return new Page(slots, kind);
  }

  @Override
  int home(TablePage page, int slot) {
    return homeOfNumber(((Page) page).numbers[slot]);
  }

  private int find(long number) {
    int place = homeOfNumber(number);
    while (true) {
      Page page = (Page) pages[place >>> PAGE_BITS];
      int slot = place & PAGE_MASK;
      long found = page.numbers[slot];
      if (found == ZERO && page.entries[slot] == null) {
        return ~place;
      }
      if (found == number) {
        return place;
      }
      place = (place + 1) & mask;
    }
  }

  /** Key and value of each slot. */
  private static final class Page extends ValuePage {
    private final Primitive kind;
    private final long[] numbers;

    private Page(int slots, Primitive kind) {
      super(slots, 1, 0);
      this.kind = kind;
      numbers = new long[slots];
    }

    @Override
    public TablePage like(int slots) {
      return new Page(slots, kind);
    }

    @Override
    public boolean isFree(int slot) {
      return entries[slot] == null;
    }

    @Override
    void copyKeys(TablePage source, int from, int to, int count) {
      long[] others = ((Page) source).numbers;
      if (count == 1) {
        numbers[to] = others[from];
      } else {
        System.arraycopy(others, from, numbers, to, count);
      }
    }

    @Override
    void freeKey(int slot) {
      numbers[slot] = ZERO;
    }

    @Override
    <E extends Exception> void forEach(int count, EntryConsumer<E> consumer) throws E {
      for (int slot = 0; slot < count; slot++) {
        if (entries[slot] != null) {
          consumer.accept(kind.value(numbers[slot]), null, entries[slot]);
        }
      }
    }
  }
}
