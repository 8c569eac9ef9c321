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
import io.weir.engine.operator.OperatorContext;
import io.weir.state.KeyedStateBackend;
import java.util.Optional;

/** The keyed state of an operator as its function sees it. */
public record KeyedState(KeyedStateBackend<?> backend) implements KeyedStateStore {

  /**
   * The keyed state of the operator, or one that refuses everything if the operator is not keyed.
   */
  public static KeyedStateStore of(OperatorContext context, boolean keyed) {
    if (!keyed) {
      return new NoKeyedState(context.operatorName());
    }
    return of(context.keyedState(), context.accessTracking());
  }

  /**
   * The keyed state of a backend.
   *
   * @param tracking measures what is done with it; empty if nothing does
   */
  public static KeyedStateStore of(
      KeyedStateBackend<?> backend, Optional<AccessTracking> tracking) {
    KeyedState states = new KeyedState(backend);
    return tracking.<KeyedStateStore>map(on -> new TrackedKeyedState(states, on)).orElse(states);
  }

  @Override
  public <T> ValueState<T> getState(ValueStateDescriptor<T> stateProperties) {
    return backend.state(stateProperties);
  }

  @Override
  public <T> ListState<T> getListState(ListStateDescriptor<T> stateProperties) {
    return backend.state(stateProperties);
  }

  @Override
  public <T> ReducingState<T> getReducingState(ReducingStateDescriptor<T> stateProperties) {
    return backend.state(stateProperties);
  }

  @Override
  public <I, A, O> AggregatingState<I, O> getAggregatingState(
      AggregatingStateDescriptor<I, A, O> stateProperties) {
    return backend.state(stateProperties);
  }

  @Override
  public <K, V> MapState<K, V> getMapState(MapStateDescriptor<K, V> stateProperties) {
    return backend.state(stateProperties);
  }
}
