package io.weir.state;

import io.weir.api.functions.ReduceFunction;
import io.weir.api.state.ReducingState;
import io.weir.api.state.ReducingStateDescriptor;
import java.util.Objects;

/** Reducing state. */
final class KeyedReducingState<K, N, V> extends SingleState<K, N, V> implements ReducingState<V> {
  private final ReduceFunction<V> function;

  KeyedReducingState(
      KeyedStateFormat<K, N> format,
      TimeToLive timeToLive,
      KeyedObjects<N> objects,
      ReducingStateDescriptor<V> descriptor) {
    super(format, timeToLive, objects);
    function = descriptor.getReduceFunction();
  }

  @Override
  public V get() {
    return read();
  }

  @Override
  public void add(V value) throws Exception {
    Objects.requireNonNull(value, "a reducing state cannot take null");
    V reduced = read();
    write(reduced == null ? value : function.reduce(reduced, value));
  }

  @Override
  @SuppressWarnings("unchecked") // only values of this type are written
  Object join(Object first, Object second) throws Exception {
    V joined =
        function.reduce(
            (V) Stamped.valueOf(first, timeToLive), (V) Stamped.valueOf(second, timeToLive));
    return Stamped.stored(joined, timeToLive);
  }
}
