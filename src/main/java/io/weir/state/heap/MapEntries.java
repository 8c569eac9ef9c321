package io.weir.state.heap;

import io.weir.state.heap.ValueTable.Cursor;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Function;

/** Goes through one key's map; removing an entry or setting its value changes the state. */
final class MapEntries<UK, UV> implements Iterator<Map.Entry<UK, UV>> {
  private final HeapMapState<?, ?, UK, UV> state;

  /** May be changed; null for an empty map. */
  private final ObjectTable table;

  private final Cursor cursor;

  MapEntries(HeapMapState<?, ?, UK, UV> state, ObjectTable table) {
    this.state = state;
    this.table = table;
    this.cursor = table == null ? null : table.cursor();
  }

  @Override
  public boolean hasNext() {
    return cursor != null && cursor.hasNext();
  }

  @Override
  public Map.Entry<UK, UV> next() {
    if (cursor == null) {
      throw new NoSuchElementException();
    }
    int place = cursor.next();
    @SuppressWarnings("unchecked") // only keys of this type are put in
    UK key = (UK) table.keyAt(place);
    return new WriteThrough(key, state.valueOf(table, place));
  }

  @Override
  public void remove() {
    if (cursor == null) {
      throw new IllegalStateException("there is no entry to remove: next() comes first");
    }
    cursor.remove();
    state.removeIfEmpty(table);
  }

  /** An entry whose value can be set. */
  private final class WriteThrough extends java.util.AbstractMap.SimpleEntry<UK, UV> {
    private static final long serialVersionUID = 1L;

    WriteThrough(UK key, UV value) {
      super(key, value);
    }

    @Override
    public UV setValue(UV value) {
      state.put(getKey(), value);
      return super.setValue(value);
    }
  }

  /** Goes through one part of the entries. */
  static final class Part<E, P> implements Iterator<P> {
    private final Iterator<E> entries;
    private final Function<E, P> part;

    Part(Iterator<E> entries, Function<E, P> part) {
      this.entries = entries;
      this.part = part;
    }

    @Override
    public boolean hasNext() {
      return entries.hasNext();
    }

    @Override
    public P next() {
      return part.apply(entries.next());
    }

    @Override
    public void remove() {
      entries.remove();
    }
  }
}
