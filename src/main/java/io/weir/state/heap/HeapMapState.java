package io.weir.state.heap;

import io.weir.api.state.MapState;
import io.weir.state.KeyedEntryReader;
import io.weir.state.KeyedEntryWriter;
import io.weir.state.KeyedStateFormat;
import io.weir.state.Stamped;
import io.weir.state.TimeToLive;
import io.weir.state.WholeObjectState;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;

/**
 * Map state: its object is an {@link ObjectTable} by the map's keys, never an empty one. It is
 * changed in place like the table that it stands in, so a snapshot makes no map, however large,
 * slow to change.
 */
final class HeapMapState<K, N, UK, UV> extends WholeObjectState<K, N> implements MapState<UK, UV> {
  private final KeyedTables<K, N> tables;
  private final Epochs epochs;

  /** Of values of the map, with their times of last use. */
  private final ValueCopies copies;

  HeapMapState(
      KeyedStateFormat<K, N> format,
      TimeToLive timeToLive,
      KeyedTables<K, N> tables,
      Epochs epochs,
      ValueCopies copies) {
    super(format, timeToLive, tables);
    this.tables = tables;
    this.epochs = epochs;
    this.copies = copies;
  }

  @Override
  public UV get(UK key) {
    ObjectTable table = readable();
    int place = table == null ? -1 : find(table, key);
    if (place < 0) {
      return null;
    }
    if (!isExpired(table, place)) {
      return valueOf(table, place);
    }
    UV value = timeToLive.showsExpired() ? valueOf(table, place) : null;
    removeAt(table, place);
    return value;
  }

  @Override
  public boolean contains(UK key) {
    ObjectTable table = readable();
    int place = table == null ? -1 : find(table, key);
    return place >= 0 && (!isExpired(table, place) || timeToLive.showsExpired());
  }

  @Override
  public void put(UK key, UV value) {
    putStored(key, Stamped.stored(value, timeToLive));
  }

  @Override
  public void putAll(Map<UK, UV> map) {
    map.forEach(this::put);
  }

  @Override
  public void remove(UK key) {
    ObjectTable table = table(tables.own());
    int place = table == null ? -1 : find(table, key);
    if (place >= 0) {
      removeAt(table, place);
    }
  }

  @Override
  public boolean isEmpty() {
    return !iterator().hasNext();
  }

  @Override
  public Iterator<Map.Entry<UK, UV>> iterator() {
    return new MapEntries<>(this, unexpired());
  }

  @Override
  public Iterable<Map.Entry<UK, UV>> entries() {
    return this::iterator;
  }

  @Override
  public Iterable<UK> keys() {
    return () -> new MapEntries.Part<>(iterator(), Map.Entry::getKey);
  }

  @Override
  public Iterable<UV> values() {
    return () -> new MapEntries.Part<>(iterator(), Map.Entry::getValue);
  }

  @Override
  public boolean hasExpired(Object object, long now) {
    ObjectTable table = table(object);
    for (ValueTable.Cursor cursor = table.cursor(); cursor.hasNext(); ) {
      if (isExpiredAt(now, table, cursor.next())) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void expire(long now) {
    ObjectTable table = table(tables.own());
    if (table != null) {
      removeExpired(table, now);
    }
  }

  @Override
  public void restoreElement(KeyedEntryReader<K, N> entry) {
    putStored(entry.mapKey(), Stamped.stored(entry.value(), timeToLive, entry.timestamp()));
  }

  @Override
  public void write(K key, N namespace, Object object, long now, KeyedEntryWriter<K, N> target)
      throws IOException {
    FrozenMap map = (FrozenMap) object;
    int[] left = new int[1];
    map.forEach((mapKey, none, stored) -> left[0] += isLeftOut(stored, now) ? 0 : 1);
    int[] leftInRun = new int[1];
    map.forEach(
        (mapKey, none, stored) -> {
          if (isLeftOut(stored, now)) {
            return;
          }
          if (leftInRun[0] == 0) {
            leftInRun[0] = Math.min(left[0], KeyedEntryWriter.MAX_RUN);
            left[0] -= leftInRun[0];
            target.beginRun(key, namespace, leftInRun[0]);
          }
          target.mapEntry(
              mapKey, Stamped.timestampOf(stored, timeToLive), Stamped.valueOf(stored, timeToLive));
          if (--leftInRun[0] == 0) {
            target.endRun();
          }
        });
  }

  /**
   * A map as a snapshot sees it.
   *
   * @param table of one key
   */
  record FrozenMap(ObjectTable table, Epochs.Lease lease) {
    <E extends Exception> void forEach(ValueTable.EntryConsumer<E> consumer) throws E {
      ValueTable.forEach(table.frozen(lease), consumer);
    }
  }

  /** The value at a place of a map that may be changed; reading may renew it. */
  @SuppressWarnings("unchecked") // only values of this type are put in
  UV valueOf(ObjectTable table, int place) {
    Object stored = table.ownedValueAt(place);
    UV value = (UV) Stamped.valueOf(stored, timeToLive);
    if (timeToLive.isEnabled() && timeToLive.isRenewedByReading() && !isExpired(table, place)) {
      table.setValueAt(place, Stamped.stored(value, timeToLive));
    }
    return value;
  }

  /** A map of which the last entry has gone is no map. */
  void removeIfEmpty(ObjectTable table) {
    if (table.size() == 0) {
      tables.remove();
    }
  }

  private void removeAt(ObjectTable table, int place) {
    table.removeAt(place);
    removeIfEmpty(table);
  }

  private void putStored(Object key, Object stored) {
    Objects.requireNonNull(key, "a map state cannot have a null key");
    ObjectTable table = table(tables.own());
    if (table == null) {
      table = new ObjectTable(epochs, tables.currentGroup(), false, copies);
      tables.set(table);
    }
    table.put(ObjectTable.hash(key.hashCode()), key, null, stored);
  }

  /**
   * The map for a single read, which changes it only if it renews or gives out what can be changed.
   */
  private ObjectTable readable() {
    return table(
        copies != ValueCopies.NONE || timeToLive.isEnabled() ? tables.own() : tables.look());
  }

  /** The map, which may be changed, without what has expired and is not to be shown; or null. */
  private ObjectTable unexpired() {
    ObjectTable table = table(tables.own());
    if (table == null || !timeToLive.isEnabled() || timeToLive.showsExpired()) {
      return table;
    }
    removeExpired(table, timeToLive.now());
    return table;
  }

  private void removeExpired(ObjectTable table, long now) {
    for (ValueTable.Cursor cursor = table.cursor(); cursor.hasNext(); ) {
      if (isExpiredAt(now, table, cursor.next())) {
        cursor.remove();
      }
    }
    removeIfEmpty(table);
  }

  private boolean isExpired(ObjectTable table, int place) {
    return timeToLive.isEnabled() && isExpiredAt(timeToLive.now(), table, place);
  }

  private boolean isExpiredAt(long now, ObjectTable table, int place) {
    return timeToLive.isExpiredAt(now, ((Stamped) table.valueAt(place)).timestamp());
  }

  private static int find(ObjectTable table, Object key) {
    return table.find(ObjectTable.hash(key.hashCode()), key, null);
  }

  private static ObjectTable table(Object object) {
    return (ObjectTable) object;
  }
}
