package io.weir.state;

import io.weir.api.state.State;
import java.util.Collection;

/** Moves a state from namespace to namespace. */
public final class NamespacedObjects<K, N, S extends State> implements NamespacedState<N, S> {
  private final ObjectState<K, N> state;
  private final S view;

  /**
   * Wraps a state.
   *
   * @param view the same state as its users see it
   */
  public NamespacedObjects(ObjectState<K, N> state, S view) {
    this.state = state;
    this.view = view;
  }

  @Override
  public S in(N namespace) {
    state.objects.enter(namespace);
    return view;
  }

  @Override
  public void merge(N target, Collection<N> sources) throws Exception {
    Object merged = null;
    for (N source : sources) {
      state.objects.enter(source);
      Object object = state.objects.own();
      if (object != null) {
        state.objects.remove();
        merged = merged == null ? object : state.join(merged, object);
      }
    }
    state.objects.enter(target);
    if (merged != null) {
      Object present = state.objects.own();
      state.objects.set(present == null ? merged : state.join(present, merged));
    }
  }
}
