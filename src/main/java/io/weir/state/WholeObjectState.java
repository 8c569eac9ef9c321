package io.weir.state;

import io.weir.api.state.AggregatingStateDescriptor;
import io.weir.api.state.ListStateDescriptor;
import io.weir.api.state.ReducingStateDescriptor;
import io.weir.api.state.StateDescriptor;
import io.weir.api.state.ValueStateDescriptor;
import java.io.IOException;

/**
 * A state that keeps one object for each key and namespace.
 *
 * @param <K> the type of key
 * @param <N> the type of namespace
 */
public abstract class WholeObjectState<K, N> extends ObjectState<K, N> {

  protected WholeObjectState(
      KeyedStateFormat<K, N> format, TimeToLive timeToLive, KeyedObjects<N> objects) {
    super(format, timeToLive, objects);
  }

  /**
   * The state that a descriptor asks for; not for maps, of which each backend has its own kind.
   *
   * @throws IllegalArgumentException for a map
   */
  public static <K, N> WholeObjectState<K, N> of(
      StateDescriptor<?, ?> descriptor,
      KeyedStateFormat<K, N> format,
      TimeToLive timeToLive,
      KeyedObjects<N> objects) {
    if (descriptor instanceof ValueStateDescriptor<?> value) {
      return new KeyedValueState<>(format, timeToLive, objects, value);
    }
    if (descriptor instanceof ListStateDescriptor<?>) {
      return new KeyedListState<>(format, timeToLive, objects);
    }
    if (descriptor instanceof ReducingStateDescriptor<?> reducing) {
      return new KeyedReducingState<>(format, timeToLive, objects, reducing);
    }
    if (descriptor instanceof AggregatingStateDescriptor<?, ?, ?> aggregating) {
      return new KeyedAggregatingState<>(format, timeToLive, objects, aggregating);
    }
    throw new IllegalArgumentException("not one object for each key: " + descriptor.getType());
  }

  /**
   * Writes the object of a key to a snapshot. Called by the snapshot's thread.
   *
   * @param now values that have expired by then are left out; {@link Long#MIN_VALUE} to leave out
   *     none
   */
  public abstract void write(
      K key, N namespace, Object object, long now, KeyedEntryWriter<K, N> target)
      throws IOException;

  /** Whether a stored value is to be left out of a snapshot. */
  protected final boolean isLeftOut(Object stored, long now) {
    return now != Long.MIN_VALUE && timeToLive.isExpiredAt(now, ((Stamped) stored).timestamp());
  }
}
