package io.weir.state.heap;

import io.weir.api.state.StateDescriptor;
import io.weir.api.types.TypeInformation;
import io.weir.state.KeyedEntryReader;
import io.weir.state.KeyedEntryWriter;
import java.io.IOException;

/**
 * A state of one value for each key and namespace.
 *
 * @param <V> the type of value
 */
abstract class SingleState<K, N, V> extends ObjectState<K, N> {

  SingleState(
      HeapContext<K> context, StateDescriptor<?, ?> descriptor, TypeInformation<N> namespace) {
    super(context, descriptor, namespace);
  }

  /** The present value, or null. */
  @SuppressWarnings("unchecked") // only values of this type are written
  final V read() {
    Object stored = tables.own();
    if (stored == null || !timeToLive.isEnabled()) {
      return (V) stored;
    }
    Stamped stamped = (Stamped) stored;
    if (timeToLive.isExpired(stamped.timestamp())) {
      tables.remove();
      return timeToLive.showsExpired() ? (V) stamped.value() : null;
    }
    if (timeToLive.isRenewedByReading()) {
      tables.set(new Stamped(stamped.value(), timeToLive.now()));
    }
    return (V) stamped.value();
  }

  final void write(V value) {
    tables.set(Stamped.stored(value, timeToLive));
  }

  @Override
  final void restoreElement(KeyedEntryReader<K, N> entry) {
    tables.set(Stamped.stored(entry.value(), timeToLive, entry.timestamp()));
  }

  @Override
  final void write(K key, N namespace, Object object, long now, KeyedEntryWriter<K, N> target)
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
