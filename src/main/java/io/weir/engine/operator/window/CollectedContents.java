package io.weir.engine.operator.window;

import io.weir.api.state.ListState;
import io.weir.api.windowing.windows.Window;
import io.weir.state.NamespacedState;
import java.util.Collection;

/** Contents that keep every record until the window fires. */
final class CollectedContents<T, W extends Window> implements WindowContents<T, T, W> {
  private final NamespacedState<W, ListState<T>> state;

  CollectedContents(NamespacedState<W, ListState<T>> state) {
    this.state = state;
  }

  @Override
  public void add(W stateWindow, T value, long timestamp) throws Exception {
    state.in(stateWindow).add(value);
  }

  @Override
  public void fire(W window, W stateWindow, Firing<T, W> firing) throws Exception {
    Iterable<T> values = state.in(stateWindow).get();
    if (values.iterator().hasNext()) {
      firing.fire(window, values);
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
