package io.weir.state.heap;

/**
 * A {@link ValueTable} by keys, or keys and namespaces, that are objects. Hashes are those of
 * {@link #hash}.
 */
final class ObjectTable extends ValueTable {
  private static final int VALUE = 1;
  private static final int NAMESPACE = 2;

  /** Objects of a slot: 2, or 3 with a namespace. */
  private final int stride;

  ObjectTable(Epochs epochs, int group, boolean namespaced, ValueCopies copies) {
    this(epochs, group, namespaced, copies, 0);
  }

  /**
   * @param expected how many entries it will probably get
   */
  ObjectTable(Epochs epochs, int group, boolean namespaced, ValueCopies copies, int expected) {
    super(epochs, group, copies);
    stride = namespaced ? 3 : 2;
    makeRoom(expected);
  }

  /** Spreads a hash code over all bits but the last, which is 1. */
  static int hash(int hashCode) {
    int spread = (hashCode ^ (hashCode >>> 15)) * 0x9E3779B9;
    return ((spread ^ (spread >>> 16)) * 0x85EBCA6B) | 1;
  }

  /** The place of a key; negative if it is absent. */
  int find(int hash, Object key, Object namespace) {
    int place = homeOfHash(hash);
    while (true) {
      Page page = (Page) pages[place >>> PAGE_BITS];
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

  @Override
  int find(CurrentKey<?> key, Object namespace) {
    return find(hash(key, namespace), key.key(), namespace);
  }

  @Override
  int read(Object key) {
    int place = homeOfHash(hash(key.hashCode()));
    Page page = (Page) pages[place >>> PAGE_BITS];
    int slot = place & PAGE_MASK;
    Object there = page.entries[slot * stride];
    Object value = page.entries[slot * stride + VALUE];
    return page.hashes[slot] + touch(key) + touch(there) + touch(value);
  }

  /** Reads an object's header and, of a text, that of its characters, which are compared. */
  private static int touch(Object object) {
    if (object instanceof String text) {
      return text.length();
    }
    return object instanceof Number ? 1 : 0;
  }

  @Override
  Object namespaceAt(int place) {
    return stride > NAMESPACE
        ? ((Page) pages[place >>> PAGE_BITS]).entries[(place & PAGE_MASK) * stride + NAMESPACE]
        : null;
  }

  @Override
  Object keyAt(int place) {
    return ((Page) pages[place >>> PAGE_BITS]).entries[(place & PAGE_MASK) * stride];
  }

  @Override
  void put(CurrentKey<?> key, Object namespace, Object value) {
    put(hash(key, namespace), key.key(), namespace, value);
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
    if (isFull()) {
      grow();
      place = ~find(hash, key, namespace);
    }
    beforeChange(place);
    Page page = (Page) pages[place >>> PAGE_BITS];
    int slot = place & PAGE_MASK;
    page.hashes[slot] = hash;
    page.entries[slot * stride] = key;
    if (stride > NAMESPACE) {
      page.entries[slot * stride + NAMESPACE] = namespace;
    }
    page.setValue(slot, value);
    entryAdded();
  }

  @Override
  TablePage newPage(int slots) {
    return new Page(slots, stride);
  }

  @Override
  int home(TablePage page, int slot) {
    return homeOfHash(((Page) page).hashes[slot]);
  }

  /**
   * By the lower bits: entries that come in the order of another table then spread over this one,
   * however large either is. By the upper bits they would crowd at its beginning until it grows.
   */
  private int homeOfHash(int hash) {
    return (hash >>> 1) & mask;
  }

  private boolean holds(Page page, int at, Object key, Object namespace) {
    Object found = page.entries[at];
    return (found == key || found.equals(key))
        && (stride <= NAMESPACE || page.entries[at + NAMESPACE].equals(namespace));
  }

  private static int hash(CurrentKey<?> key, Object namespace) {
    int hashCode = key.hashCodeOfKey();
    return hash(namespace == null ? hashCode : 31 * hashCode + namespace.hashCode());
  }

  /** Key, value and, if the table has them, namespace of each slot, and the hash. */
  private static final class Page extends ValuePage {
    /** Of each slot's key and namespace; 0 for a free slot. */
    private final int[] hashes;

    private Page(int slots, int stride) {
      super(slots, stride, VALUE);
      hashes = new int[slots];
    }

    @Override
    public TablePage like(int slots) {
      return new Page(slots, stride);
    }

    @Override
    public boolean isFree(int slot) {
      return hashes[slot] == 0;
    }

    @Override
    void copyKeys(TablePage source, int from, int to, int count) {
      int[] others = ((Page) source).hashes;
      if (count == 1) {
        hashes[to] = others[from];
      } else {
        System.arraycopy(others, from, hashes, to, count);
      }
    }

    @Override
    void freeKey(int slot) {
      hashes[slot] = 0;
    }

    @Override
    <E extends Exception> void forEach(int count, EntryConsumer<E> consumer) throws E {
      for (int slot = 0; slot < count; slot++) {
        if (hashes[slot] != 0) {
          int at = slot * stride;
          consumer.accept(
              entries[at],
              stride > NAMESPACE ? entries[at + NAMESPACE] : null,
              entries[at + VALUE]);
        }
      }
    }
  }
}
