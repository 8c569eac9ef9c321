package io.weir.engine.operator.function;

import io.weir.api.state.AggregatingState;
import io.weir.api.state.AggregatingStateDescriptor;
import io.weir.api.state.KeyedStateStore;
import io.weir.api.state.ListState;
import io.weir.api.state.ListStateDescriptor;
import io.weir.api.state.MapState;
import io.weir.api.state.MapStateDescriptor;
import io.weir.api.state.ReducingState;
import io.weir.api.state.ReducingStateDescriptor;
import io.weir.api.state.ValueState;
import io.weir.api.state.ValueStateDescriptor;
import io.weir.engine.operator.AccessTracking;

/** Keyed state whose accesses are measured. */
record TrackedKeyedState(KeyedStateStore states, AccessTracking tracking)
    implements KeyedStateStore {

  @Override
  public <T> ValueState<T> getState(ValueStateDescriptor<T> stateProperties) {
    return tracking.track(states.getState(stateProperties), stateProperties);
  }

  @Override
  public <T> ListState<T> getListState(ListStateDescriptor<T> stateProperties) {
    return tracking.track(states.getListState(stateProperties), stateProperties);
  }

  @Override
  public <T> ReducingState<T> getReducingState(ReducingStateDescriptor<T> stateProperties) {
    return tracking.track(states.getReducingState(stateProperties), stateProperties);
  }

  @Override
  public <I, A, O> AggregatingState<I, O> getAggregatingState(
      AggregatingStateDescriptor<I, A, O> stateProperties) {
    return tracking.track(states.getAggregatingState(stateProperties), stateProperties);
  }

  @Override
  public <K, V> MapState<K, V> getMapState(MapStateDescriptor<K, V> stateProperties) {
    return tracking.track(states.getMapState(stateProperties), stateProperties);
  }
}
