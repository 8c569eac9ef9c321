package io.weir.state.rocksdb;

import io.weir.api.state.MapState;
import io.weir.state.KeyedEntryReader;
import io.weir.state.KeyedStateFormat;
import io.weir.state.ObjectState;
import io.weir.state.Stamped;
import io.weir.state.TimeToLive;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** Map state: every entry of a map is an entry of the column family. */
final class RocksMapState<K, N, UK, UV> extends ObjectState<K, N> implements MapState<UK, UV> {
  private final CachedObjects<K, N> entries;

  RocksMapState(KeyedStateFormat<K, N> format, TimeToLive timeToLive, CachedObjects<K, N> entries) {
    super(format, timeToLive, entries);
    this.entries = entries;
  }

  @Override
  public UV get(UK key) {
    entries.enterMapKey(key);
    Object stored = entries.own();
    if (stored == null) {
      return null;
    }
    if (!isExpired(stored)) {
      return used(stored);
    }
    entries.remove();
    return timeToLive.showsExpired() ? valueOf(stored) : null;
  }

  @Override
  public boolean contains(UK key) {
    entries.enterMapKey(key);
    Object stored = entries.look();
    return stored != null && (!isExpired(stored) || timeToLive.showsExpired());
  }

  @Override
  public void put(UK key, UV value) {
    entries.enterMapKey(Objects.requireNonNull(key, "a map state cannot have a null key"));
    entries.set(stored(value));
  }

  @Override
  public void putAll(Map<UK, UV> map) {
    map.forEach(this::put);
  }

  @Override
  public void remove(UK key) {
    entries.enterMapKey(key);
    entries.remove();
  }

  @Override
  public void clear() {
    for (Iterator<Map.Entry<UK, UV>> each = new MapIteration<>(this, entries, true);
        each.hasNext(); ) {
      each.next();
      each.remove();
    }
  }

  @Override
  public boolean isEmpty() {
    return !iterator().hasNext();
  }

  @Override
  public Iterator<Map.Entry<UK, UV>> iterator() {
    return new MapIteration<>(this, entries, false);
  }

  @Override
  public Iterable<Map.Entry<UK, UV>> entries() {
    return this::iterator;
  }

  @Override
  public Iterable<UK> keys() {
    return () -> new Part<>(iterator(), Map.Entry::getKey);
  }

  @Override
  public Iterable<UV> values() {
    return () -> new Part<>(iterator(), Map.Entry::getValue);
  }

  @Override
  public boolean hasExpired(Object object, long now) {
    return timeToLive.isExpiredAt(now, ((Stamped) object).timestamp());
  }

  /** Of the entry of the map's key that was entered. */
  @Override
  public void expire(long now) {
    Object stored = entries.look();
    if (stored != null && hasExpired(stored, now)) {
      entries.remove();
    }
  }

  @Override
  public void restoreElement(KeyedEntryReader<K, N> entry) {
    entries.enterMapKey(entry.mapKey());
    entries.set(
        timeToLive.isEnabled()
            ? new Stamped(entry.value(), entry.timestamp())
            : nullable(entry.value()));
  }

  boolean isExpired(Object stored) {
    return timeToLive.isEnabled() && timeToLive.isExpired(((Stamped) stored).timestamp());
  }

  boolean showsExpired() {
    return timeToLive.showsExpired();
  }

  /** The value of the entry that was found last; reading may renew it. */
  UV used(Object stored) {
    UV value = valueOf(stored);
    if (timeToLive.isEnabled() && timeToLive.isRenewedByReading()) {
      entries.set(stored(value));
    }
    return value;
  }

  @SuppressWarnings("unchecked") // only values of this type are put in
  UV valueOf(Object stored) {
    Object value = Stamped.valueOf(stored, timeToLive);
    return value == ValueLayout.NULL ? null : (UV) value;
  }

  private Object stored(Object value) {
    return timeToLive.isEnabled() ? Stamped.stored(value, timeToLive) : nullable(value);
  }

  private static Object nullable(Object value) {
    return value == null ? ValueLayout.NULL : value;
  }

  /** Goes through one part of the entries. */
  private record Part<E, P>(Iterator<E> entries, Function<E, P> part) implements Iterator<P> {
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
