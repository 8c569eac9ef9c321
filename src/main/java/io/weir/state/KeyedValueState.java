package io.weir.state;

import io.weir.api.state.ValueState;
import io.weir.api.state.ValueStateDescriptor;
import io.weir.serial.Serializer;
import io.weir.snapshot.StateDescription;

/** Value state. */
final class KeyedValueState<K, N, V> extends SingleState<K, N, V> implements ValueState<V> {
  private final V defaultValue;

  KeyedValueState(
      KeyedStateFormat<K, N> format,
      TimeToLive timeToLive,
      KeyedObjects<N> objects,
      ValueStateDescriptor<V> descriptor) {
    super(format, timeToLive, objects);
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
