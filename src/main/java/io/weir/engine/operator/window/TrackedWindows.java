package io.weir.engine.operator.window;

import io.weir.api.state.State;
import io.weir.api.state.StateDescriptor;
import io.weir.api.windowing.windows.Window;
import io.weir.engine.operator.AccessTracking;
import io.weir.state.NamespacedState;
import java.util.Collection;

/** State by window whose accesses are measured; merging is no access. */
record TrackedWindows<W extends Window, S extends State>(
    NamespacedState<W, S> states, StateDescriptor<S, ?> descriptor, AccessTracking tracking)
    implements NamespacedState<W, S> {

  @Override
  public S in(W window) {
    return tracking.track(states.in(window), descriptor);
  }

  @Override
  public void merge(W target, Collection<W> sources) throws Exception {
    states.merge(target, sources);
  }
}
