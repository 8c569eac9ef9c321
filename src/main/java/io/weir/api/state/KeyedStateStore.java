package io.weir.api.state;

/**
 * Gives state per key. The same name always gives the same state; use it on the task's thread only.
 */
public interface KeyedStateStore {
  /**
   * The state of a name, with one value per key.
   *
   * @throws IllegalArgumentException if the name is taken by a state of another kind or type
   */
  <T> ValueState<T> getState(ValueStateDescriptor<T> stateProperties);

  /** As {@link #getState}, with one list per key. */
  <T> ListState<T> getListState(ListStateDescriptor<T> stateProperties);

  /** As {@link #getState}, with one reduced value per key. */
  <T> ReducingState<T> getReducingState(ReducingStateDescriptor<T> stateProperties);

  /** As {@link #getState}, with one accumulator per key. */
  <IN, ACC, OUT> AggregatingState<IN, OUT> getAggregatingState(
      AggregatingStateDescriptor<IN, ACC, OUT> stateProperties);

  /** As {@link #getState}, with one map per key. */
  <UK, UV> MapState<UK, UV> getMapState(MapStateDescriptor<UK, UV> stateProperties);
}
