package io.weir.state.heap;

import io.weir.api.state.ValueState;
import io.weir.api.state.ValueStateDescriptor;
import io.weir.api.types.TypeInformation;
import io.weir.serial.Serializer;
import io.weir.snapshot.StateDescription;

/** Value state, kept as objects. */
final class HeapValueState<K, N, V> extends SingleState<K, N, V> implements ValueState<V> {
  private final V defaultValue;

  HeapValueState(
      HeapContext<K> context, ValueStateDescriptor<V> descriptor, TypeInformation<N> namespace) {
    super(context, descriptor, namespace);
    defaultValue = descriptor.getDefaultValue();
  }

  @Override
  public V value() {
    V value = read();
    return value != null || defaultValue == null ? value : copyOfDefault();
  }

  @Override
  public void update(V value) {
    if (value == null) {
      clear();
    } else {
      write(value);
    }
  }

  /** A copy, so that changing it changes no other key's value. */
  private V copyOfDefault() {
    Serializer<V> serializer = format().serializer(StateDescription.VALUE);
    return serializer.copy(defaultValue);
  }
}
