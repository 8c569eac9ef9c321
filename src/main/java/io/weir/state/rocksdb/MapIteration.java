package io.weir.state.rocksdb;

import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * Goes through one key's map. What is changed in the map meanwhile, is seen as it is when its turn
 * comes; whether an added entry is seen is left open.
 *
 * <p>Reads some entries at a time and holds nothing native between calls, so it may be left half
 * way. Belongs to the task's thread.
 */
final class MapIteration<K, N, UK, UV> implements Iterator<Map.Entry<UK, UV>> {
  private static final int FIRST_CHUNK = 16;
  private static final int LARGEST_CHUNK = 1024;

  private final RocksMapState<K, N, UK, UV> state;
  private final CachedObjects<K, N> objects;

  /** Whether expired entries come, too, and nothing is renewed. */
  private final boolean all;

  private final N namespace;
  private final byte[] prefix;

  private List<byte[]> keys = List.of();
  private List<byte[]> values = List.of();
  private int position;
  private int chunk = FIRST_CHUNK;

  /** Where to read on; null when the last chunk has been read. */
  private byte[] resume;

  /** Changes that had been written when the present chunk was read. */
  private long writesBefore;

  /** The entry that comes next, if it has been looked for; its key is null if not. */
  private UK nextKey;

  private Object nextStored;

  /** The key of the entry that was given last, as long as it can be removed. */
  private UK givenKey;

  MapIteration(RocksMapState<K, N, UK, UV> state, CachedObjects<K, N> objects, boolean all) {
    this.state = state;
    this.objects = objects;
    this.all = all;
    this.namespace = objects.namespace();
    this.prefix = objects.mapPrefix();
    this.resume = prefix;
  }

  @Override
  public boolean hasNext() {
    while (nextKey == null) {
      if (position == keys.size()) {
        if (resume == null) {
          return false;
        }
        readChunk();
      } else {
        lookAt(position++);
      }
    }
    return true;
  }

  @Override
  public Map.Entry<UK, UV> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    UK key = nextKey;
    givenKey = key;
    nextKey = null;
    N before = enter(key);
    UV value =
        all || state.isExpired(nextStored) ? state.valueOf(nextStored) : state.used(nextStored);
    objects.enter(before);
    nextStored = null;
    return new WriteThrough(key, value);
  }

  @Override
  public void remove() {
    if (givenKey == null) {
      throw new IllegalStateException("there is no entry to remove: next() comes first");
    }
    removeEntry(givenKey);
    givenKey = null;
  }

  private void readChunk() {
    keys = new ArrayList<>();
    values = new ArrayList<>();
    position = 0;
    byte[] from = resume;
    resume = null;
    int limit = chunk;
    chunk = Math.min(2 * chunk, LARGEST_CHUNK);
    objects.scan(
        prefix,
        from,
        (key, value) -> {
          if (keys.size() == limit) {
            resume = key;
            return false;
          }
          keys.add(key);
          values.add(value);
          return true;
        });
    writesBefore = objects.writes();
  }

  @SuppressWarnings("unchecked") // only keys of this type are put in
  private void lookAt(int index) {
    byte[] stored = keys.get(index);
    objects.keys().keyOf(stored);
    objects.keys().namespace();
    UK key = (UK) objects.keys().mapKey();
    N before = enter(key);
    Object object =
        objects.writes() == writesBefore ? objects.own(values.get(index)) : objects.own();
    objects.enter(before);
    values.set(index, null);
    if (object == null) {
      return;
    }
    if (!all && state.isExpired(object) && !state.showsExpired()) {
      removeEntry(key);
      return;
    }
    nextKey = key;
    nextStored = object;
  }

  private void removeEntry(UK key) {
    N before = enter(key);
    objects.remove();
    objects.enter(before);
  }

  /** Goes to an entry of this map, and gives the namespace to go back to. */
  private N enter(UK key) {
    N before = objects.namespace();
    objects.enter(namespace);
    objects.enterMapKey(key);
    return before;
  }

  /** An entry whose value can be set. */
  private final class WriteThrough extends AbstractMap.SimpleEntry<UK, UV> {
    private static final long serialVersionUID = 1L;

    WriteThrough(UK key, UV value) {
      super(key, value);
    }

    @Override
    public UV setValue(UV value) {
      N before = enter(getKey());
      state.put(getKey(), value);
      objects.enter(before);
      return super.setValue(value);
    }
  }
}
