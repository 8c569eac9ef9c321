package io.weir.state;

import java.io.IOException;

/**
 * A state of one value for each key and namespace.
 *
 * @param <V> the type of value
 */
abstract class SingleState<K, N, V> extends WholeObjectState<K, N> {

  SingleState(KeyedStateFormat<K, N> format, TimeToLive timeToLive, KeyedObjects<N> objects) {
    super(format, timeToLive, objects);
  }

  /** The present value, or null. */
  @SuppressWarnings("unchecked") // only values of this type are written
  final V read() {
    Object stored = objects.own();
    if (stored == null || !timeToLive.isEnabled()) {
      return (V) stored;
    }
    Stamped stamped = (Stamped) stored;
    if (timeToLive.isExpired(stamped.timestamp())) {
      objects.remove();
      return timeToLive.showsExpired() ? (V) stamped.value() : null;
    }
    if (timeToLive.isRenewedByReading()) {
      objects.set(new Stamped(stamped.value(), timeToLive.now()));
    }
    return (V) stamped.value();
  }

  final void write(V value) {
    objects.set(Stamped.stored(value, timeToLive));
  }

  @Override
  public final boolean hasExpired(Object object, long now) {
    return timeToLive.isExpiredAt(now, ((Stamped) object).timestamp());
  }

  @Override
  public final void expire(long now) {
    Object stored = objects.look();
    if (stored != null && hasExpired(stored, now)) {
      objects.remove();
    }
  }

  @Override
  public final void restoreElement(KeyedEntryReader<K, N> entry) {
    objects.set(Stamped.stored(entry.value(), timeToLive, entry.timestamp()));
  }

  @Override
  public final void write(
      K key, N namespace, Object object, long now, KeyedEntryWriter<K, N> target)
      throws IOException {
    if (!isLeftOut(object, now)) {
      target.value(
          key,
          namespace,
          Stamped.timestampOf(object, timeToLive),
          Stamped.valueOf(object, timeToLive));
    }
  }
}
