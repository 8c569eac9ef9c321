package io.weir.engine.operator.window;

import io.weir.api.metrics.MetricGroup;
import io.weir.api.state.MergingState;
import io.weir.api.state.State;
import io.weir.api.state.StateDescriptor;
import io.weir.api.windowing.triggers.Trigger;
import io.weir.api.windowing.triggers.TriggerResult;
import io.weir.api.windowing.windows.Window;
import java.util.Collection;
import java.util.List;

/**
 * A trigger and what it sees: the state and the timers of one window of the current key. One object
 * serves an operator for all windows.
 */
final class WindowTriggerContext<T, W extends Window> implements Trigger.OnMergeContext {
  private final Trigger<? super T, ? super W> trigger;
  private final WindowSurroundings<?, W> surroundings;
  private W window;
  private Collection<W> mergedWindows = List.of();

  WindowTriggerContext(
      Trigger<? super T, ? super W> trigger, WindowSurroundings<?, W> surroundings) {
    this.trigger = trigger;
    this.surroundings = surroundings;
  }

  TriggerResult onElement(W ofWindow, T value, long timestamp) throws Exception {
    window = ofWindow;
    return trigger.onElement(value, timestamp, ofWindow, this);
  }

  TriggerResult onEventTime(W ofWindow, long timestamp) throws Exception {
    window = ofWindow;
    return trigger.onEventTime(timestamp, ofWindow, this);
  }

  TriggerResult onProcessingTime(W ofWindow, long timestamp) throws Exception {
    window = ofWindow;
    return trigger.onProcessingTime(timestamp, ofWindow, this);
  }

  void onMerge(W result, Collection<W> merged) throws Exception {
    window = result;
    mergedWindows = merged;
    trigger.onMerge(result, this);
  }

  void clear(W ofWindow) throws Exception {
    window = ofWindow;
    trigger.clear(ofWindow, this);
  }

  @Override
  public long getCurrentProcessingTime() {
    return surroundings.getCurrentProcessingTime();
  }

  @Override
  public long getCurrentWatermark() {
    return surroundings.getCurrentWatermark();
  }

  @Override
  public MetricGroup getMetricGroup() {
    return surroundings.getMetricGroup();
  }

  @Override
  public void registerProcessingTimeTimer(long time) {
    surroundings.timers().registerProcessingTime(window, time);
  }

  @Override
  public void registerEventTimeTimer(long time) {
    surroundings.timers().registerEventTime(window, time);
  }

  @Override
  public void deleteProcessingTimeTimer(long time) {
    surroundings.timers().deleteProcessingTime(window, time);
  }

  @Override
  public void deleteEventTimeTimer(long time) {
    surroundings.timers().deleteEventTime(window, time);
  }

  @Override
  public <S extends State> S getPartitionedState(StateDescriptor<S, ?> stateDescriptor) {
    return surroundings.state(stateDescriptor).in(window);
  }

  @Override
  public <S extends MergingState<?, ?>> void mergePartitionedState(
      StateDescriptor<S, ?> stateDescriptor) {
    try {
      surroundings.state(stateDescriptor).merge(window, mergedWindows);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(
          "The trigger's state '%s' could not be merged for %s: %s"
              .formatted(stateDescriptor.getName(), window, e.getMessage()),
          e);
    }
  }
}
