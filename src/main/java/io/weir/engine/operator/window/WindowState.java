package io.weir.engine.operator.window;

import io.weir.api.state.AggregatingState;
import io.weir.api.state.AggregatingStateDescriptor;
import io.weir.api.state.KeyedStateStore;
import io.weir.api.state.ListState;
import io.weir.api.state.ListStateDescriptor;
import io.weir.api.state.MapState;
import io.weir.api.state.MapStateDescriptor;
import io.weir.api.state.ReducingState;
import io.weir.api.state.ReducingStateDescriptor;
import io.weir.api.state.State;
import io.weir.api.state.StateDescriptor;
import io.weir.api.state.ValueState;
import io.weir.api.state.ValueStateDescriptor;
import io.weir.api.windowing.windows.Window;

/**
 * The state of one window of the current key as a window function sees it. One object serves an
 * operator for all windows.
 */
final class WindowState<W extends Window> implements KeyedStateStore {
  private final WindowSurroundings<?, W> surroundings;
  private final boolean merging;
  private W window;

  /**
   * @param merging whether windows merge: then there is no state by window, because the function
   *     could not merge it
   */
  WindowState(WindowSurroundings<?, W> surroundings, boolean merging) {
    this.surroundings = surroundings;
    this.merging = merging;
  }

  void setWindow(W window) {
    this.window = window;
  }

  private <S extends State> S inWindow(StateDescriptor<S, ?> descriptor) {
    if (merging) {
      throw new UnsupportedOperationException(
          "Per-window state is not allowed when using merging windows: the state '%s' of two windows that become one could not be merged. Use globalState()."
              .formatted(descriptor.getName()));
    }
    return surroundings.state(descriptor).in(window);
  }

  @Override
  public <T> ValueState<T> getState(ValueStateDescriptor<T> stateProperties) {
    return inWindow(stateProperties);
  }

  @Override
  public <T> ListState<T> getListState(ListStateDescriptor<T> stateProperties) {
    return inWindow(stateProperties);
  }

  @Override
  public <T> ReducingState<T> getReducingState(ReducingStateDescriptor<T> stateProperties) {
    return inWindow(stateProperties);
  }

  @Override
  public <I, A, O> AggregatingState<I, O> getAggregatingState(
      AggregatingStateDescriptor<I, A, O> stateProperties) {
    return inWindow(stateProperties);
  }

  @Override
  public <K, V> MapState<K, V> getMapState(MapStateDescriptor<K, V> stateProperties) {
    return inWindow(stateProperties);
  }
}
