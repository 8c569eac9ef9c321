package io.weir.state.heap;

import io.weir.api.state.State;
import io.weir.state.NamespacedState;
import java.util.Collection;

/** Moves a state from namespace to namespace. */
final class HeapNamespacedState<K, N, S extends State> implements NamespacedState<N, S> {
  private final ObjectState<K, N> state;
  private final S view;

  /**
   * Wraps a state.
   *
   * @param view the same state as its users see it
   */
  HeapNamespacedState(ObjectState<K, N> state, S view) {
    this.state = state;
    this.view = view;
  }

  ObjectState<K, N> state() {
    return state;
  }

  @Override
  public S in(N namespace) {
    state.tables.enter(namespace);
    return view;
  }

  @Override
  public void merge(N target, Collection<N> sources) throws Exception {
    Object merged = null;
    for (N source : sources) {
      state.tables.enter(source);
      Object object = state.tables.own();
      if (object != null) {
        state.tables.remove();
        merged = merged == null ? object : state.join(merged, object);
      }
    }
    state.tables.enter(target);
    if (merged != null) {
      Object present = state.tables.own();
      state.tables.set(present == null ? merged : state.join(present, merged));
    }
  }
}
