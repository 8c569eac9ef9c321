package io.weir.engine.operator.window;

import io.weir.api.metrics.MetricGroup;
import io.weir.api.state.State;
import io.weir.api.state.StateDescriptor;
import io.weir.api.types.TypeInformation;
import io.weir.api.windowing.evictors.Evictor;
import io.weir.api.windowing.windows.Window;
import io.weir.engine.operator.OperatorContext;
import io.weir.engine.operator.time.InternalTimers;
import io.weir.state.KeyedStateBackend;
import io.weir.state.NamespacedState;

/**
 * What the parts of a window operator share: state by window, timers and time.
 *
 * @param <K> the type of key
 * @param <W> the type of window
 */
record WindowSurroundings<K, W extends Window>(
    OperatorContext operator,
    KeyedStateBackend<K> backend,
    TypeInformation<W> windowType,
    InternalTimers<K, W> timers)
    implements Evictor.EvictorContext {

  /** A state that exists once per key and window. */
  <S extends State> NamespacedState<W, S> state(StateDescriptor<S, ?> descriptor) {
    return backend.namespaced(descriptor, windowType);
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
