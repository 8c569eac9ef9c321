package io.weir.state;

import io.weir.api.state.ListState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/** List state: its object is an {@link ArrayList} of elements, never an empty one. */
final class KeyedListState<K, N, V> extends WholeObjectState<K, N> implements ListState<V> {

  KeyedListState(KeyedStateFormat<K, N> format, TimeToLive timeToLive, KeyedObjects<N> objects) {
    super(format, timeToLive, objects);
  }

  @Override
  @SuppressWarnings("unchecked") // only elements of this type are added
  public Iterable<V> get() {
    boolean changes = hasMutableValues() || timeToLive.isEnabled();
    List<Object> list = list(changes ? objects.own() : objects.look());
    if (list == null) {
      return List.of();
    }
    return (Iterable<V>)
        (timeToLive.isEnabled() ? unexpired(list) : Collections.unmodifiableList(list));
  }

  @Override
  public void add(V value) {
    append(stored(value));
  }

  @Override
  public void addAll(List<V> values) {
    List<Object> added = storedAll(values);
    if (!added.isEmpty()) {
      List<Object> list = list(objects.own());
      if (list == null) {
        objects.set(added);
      } else {
        list.addAll(added);
      }
    }
  }

  @Override
  public void update(List<V> values) {
    List<Object> list = storedAll(values);
    if (list.isEmpty()) {
      objects.remove();
    } else {
      objects.set(list);
    }
  }

  @Override
  public boolean hasExpired(Object object, long now) {
    for (Object stored : list(object)) {
      if (isExpired(stored, now)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void expire(long now) {
    Object present = objects.look();
    if (present != null && hasExpired(present, now)) {
      List<Object> kept = new ArrayList<>(list(present));
      kept.removeIf(stored -> isExpired(stored, now));
      if (kept.isEmpty()) {
        objects.remove();
      } else {
        objects.set(kept);
      }
    }
  }

  private boolean isExpired(Object stored, long now) {
    return timeToLive.isExpiredAt(now, ((Stamped) stored).timestamp());
  }

  @Override
  public void restoreElement(KeyedEntryReader<K, N> entry) {
    append(Stamped.stored(entry.value(), timeToLive, entry.timestamp()));
  }

  @Override
  public void write(K key, N namespace, Object object, long now, KeyedEntryWriter<K, N> target)
      throws IOException {
    List<Object> list = list(object);
    if (now != Long.MIN_VALUE) {
      list = new ArrayList<>(list);
      list.removeIf(stored -> isLeftOut(stored, now));
    }
    for (int start = 0; start < list.size(); start += KeyedEntryWriter.MAX_RUN) {
      List<Object> run =
          list.subList(start, Math.min(start + KeyedEntryWriter.MAX_RUN, list.size()));
      target.beginRun(key, namespace, run.size());
      for (Object stored : run) {
        target.element(
            Stamped.timestampOf(stored, timeToLive), Stamped.valueOf(stored, timeToLive));
      }
      target.endRun();
    }
  }

  @Override
  Object join(Object first, Object second) {
    list(first).addAll(list(second));
    return first;
  }

  private void append(Object stored) {
    List<Object> list = list(objects.own());
    if (list == null) {
      list = new ArrayList<>(2);
      list.add(stored);
      objects.set(list);
    } else {
      list.add(stored);
    }
  }

  /** Removes what has expired, and gives what is to be shown. */
  private List<Object> unexpired(List<Object> list) {
    long now = timeToLive.now();
    List<Object> shown = new ArrayList<>(list.size());
    List<Object> kept = new ArrayList<>(list.size());
    for (Object stored : list) {
      Stamped stamped = (Stamped) stored;
      boolean expired = timeToLive.isExpiredAt(now, stamped.timestamp());
      if (!expired) {
        kept.add(timeToLive.isRenewedByReading() ? new Stamped(stamped.value(), now) : stamped);
      }
      if (!expired || timeToLive.showsExpired()) {
        shown.add(stamped.value());
      }
    }
    if (kept.isEmpty()) {
      objects.remove();
    } else if (kept.size() < list.size() || timeToLive.isRenewedByReading()) {
      objects.set(kept);
    }
    return shown;
  }

  private Object stored(V value) {
    return Stamped.stored(
        Objects.requireNonNull(value, "a list state cannot hold null"), timeToLive);
  }

  private List<Object> storedAll(List<V> values) {
    List<Object> stored = new ArrayList<>(values.size());
    for (V value : values) {
      stored.add(stored(value));
    }
    return stored;
  }

  @SuppressWarnings("unchecked") // the tables of this state hold nothing else
  private static List<Object> list(Object object) {
    return (List<Object>) object;
  }
}
