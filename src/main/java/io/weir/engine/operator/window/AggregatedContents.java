package io.weir.engine.operator.window;

import io.weir.api.state.AppendingState;
import io.weir.api.windowing.windows.Window;
import io.weir.state.NamespacedState;
import java.util.Collection;
import java.util.List;

/** Contents that are reduced or aggregated with every record: a window holds one value. */
final class AggregatedContents<T, V, W extends Window> implements WindowContents<T, V, W> {
  private final NamespacedState<W, ? extends AppendingState<T, V>> state;

  /**
   * @param state a reducing or an aggregating one
   */
  AggregatedContents(NamespacedState<W, ? extends AppendingState<T, V>> state) {
    this.state = state;
  }

  @Override
  public void add(W stateWindow, T value, long timestamp) throws Exception {
    state.in(stateWindow).add(value);
  }

  @Override
  public void fire(W window, W stateWindow, Firing<V, W> firing) throws Exception {
    V value = state.in(stateWindow).get();
    if (value != null) {
      firing.fire(window, List.of(value));
    }
  }

  @Override
  public void clear(W stateWindow) {
    state.in(stateWindow).clear();
  }

  @Override
  public void merge(W target, Collection<W> sources) throws Exception {
    state.merge(target, sources);
  }
}
