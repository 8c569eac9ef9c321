package io.weir.state;

import io.weir.api.functions.AggregateFunction;
import io.weir.api.state.AggregatingState;
import io.weir.api.state.AggregatingStateDescriptor;
import java.util.Objects;

/** Aggregating state: its values are the accumulators. */
final class KeyedAggregatingState<K, N, I, A, O> extends SingleState<K, N, A>
    implements AggregatingState<I, O> {
  private final AggregateFunction<I, A, O> function;

  KeyedAggregatingState(
      KeyedStateFormat<K, N> format,
      TimeToLive timeToLive,
      KeyedObjects<N> objects,
      AggregatingStateDescriptor<I, A, O> descriptor) {
    super(format, timeToLive, objects);
    function = descriptor.getAggregateFunction();
  }

  @Override
  public O get() {
    A accumulator = read();
    return accumulator == null ? null : function.getResult(accumulator);
  }

  @Override
  public void add(I value) {
    Objects.requireNonNull(value, "an aggregating state cannot take null");
    A accumulator = read();
    write(function.add(value, accumulator == null ? function.createAccumulator() : accumulator));
  }

  @Override
  @SuppressWarnings("unchecked") // only accumulators are written
  Object join(Object first, Object second) {
    A joined =
        function.merge(
            (A) Stamped.valueOf(first, timeToLive), (A) Stamped.valueOf(second, timeToLive));
    return Stamped.stored(joined, timeToLive);
  }
}
