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
import io.weir.api.state.StateDescriptor;
import io.weir.api.state.ValueState;
import io.weir.api.state.ValueStateDescriptor;

/** Tells the function of an operator that is not keyed why it gets no keyed state. */
record NoKeyedState(String operatorName) implements KeyedStateStore {

  @Override
  public <T> ValueState<T> getState(ValueStateDescriptor<T> stateProperties) {
    throw refused(stateProperties);
  }

  @Override
  public <T> ListState<T> getListState(ListStateDescriptor<T> stateProperties) {
    throw refused(stateProperties);
  }

  @Override
  public <T> ReducingState<T> getReducingState(ReducingStateDescriptor<T> stateProperties) {
    throw refused(stateProperties);
  }

  @Override
  public <I, A, O> AggregatingState<I, O> getAggregatingState(
      AggregatingStateDescriptor<I, A, O> stateProperties) {
    throw refused(stateProperties);
  }

  @Override
  public <K, V> MapState<K, V> getMapState(MapStateDescriptor<K, V> stateProperties) {
    throw refused(stateProperties);
  }

  private IllegalStateException refused(StateDescriptor<?, ?> descriptor) {
    return new IllegalStateException(
        "Keyed state can only be used on a keyed stream, i.e., after a keyBy() operation, but the operator '%s' asks for the state '%s' without. Call keyBy(...) in front of it, or use operator state through CheckpointedFunction."
            .formatted(operatorName, descriptor.getName()));
  }
}
