package io.weir.engine.operator.window;

import io.weir.api.metrics.MetricGroup;
import io.weir.api.state.State;
import io.weir.api.state.StateDescriptor;
import io.weir.api.types.TypeInformation;
import io.weir.api.windowing.evictors.Evictor;
import io.weir.api.windowing.windows.Window;
import io.weir.engine.operator.AccessTracking;
import io.weir.engine.operator.OperatorContext;
import io.weir.engine.operator.time.InternalTimers;
import io.weir.state.KeyedStateBackend;
import io.weir.state.NamespacedState;
import java.util.Optional;

/**
 * What the parts of a window operator share: state by window, timers and time.
 *
 * @param tracking measures what is done with state; empty if nothing does
 * @param <K> the type of key
 * @param <W> the type of window
 */
record WindowSurroundings<K, W extends Window>(
    OperatorContext operator,
    KeyedStateBackend<K> backend,
    TypeInformation<W> windowType,
    InternalTimers<K, W> timers,
    Optional<AccessTracking> tracking)
    implements Evictor.EvictorContext {

  /** A state that exists once per key and window. */
  <S extends State> NamespacedState<W, S> state(StateDescriptor<S, ?> descriptor) {
    NamespacedState<W, S> state = backend.namespaced(descriptor, windowType);
    return tracking
        .<NamespacedState<W, S>>map(on -> new TrackedWindows<>(state, descriptor, on))
        .orElse(state);
  }

  /** A state that exists once per key. */
  <S extends State> S stateOfKey(StateDescriptor<S, ?> descriptor) {
    S state = backend.state(descriptor);
    return tracking.map(on -> on.track(state, descriptor)).orElse(state);
  }

  @Override
  public long getCurrentProcessingTime() {
    return timers.currentProcessingTime();
  }

  @Override
  public long getCurrentWatermark() {
    return timers.currentWatermark();
  }

  @Override
  public MetricGroup getMetricGroup() {
    return operator.metrics();
  }
}
