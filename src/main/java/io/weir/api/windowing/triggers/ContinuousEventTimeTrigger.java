package io.weir.api.windowing.triggers;

import io.weir.api.state.ReducingState;
import io.weir.api.state.ReducingStateDescriptor;
import io.weir.api.types.Types;
import io.weir.api.windowing.time.Time;
import io.weir.api.windowing.windows.Window;
import java.time.Duration;

/**
 * Fires every interval of event time, and when the watermark passes the end of the window.
 *
 * @param <W> type of the windows
 */
public final class ContinuousEventTimeTrigger<W extends Window> extends Trigger<Object, W> {
  private static final long serialVersionUID = 1L;

  private final long intervalMillis;
  private final ReducingStateDescriptor<Long> fireTimeDescriptor =
      new ReducingStateDescriptor<>("fire-time", Math::min, Types.LONG);

  private ContinuousEventTimeTrigger(long intervalMillis) {
    this.intervalMillis = FireTimes.checkInterval(intervalMillis);
  }

  public static <W extends Window> ContinuousEventTimeTrigger<W> of(Duration interval) {
    return new ContinuousEventTimeTrigger<>(interval.toMillis());
  }

  public static <W extends Window> ContinuousEventTimeTrigger<W> of(Time interval) {
    return of(interval.toDuration());
  }

  @Override
  public TriggerResult onElement(Object element, long timestamp, W window, TriggerContext ctx)
      throws Exception {
    if (window.maxTimestamp() <= ctx.getCurrentWatermark()) {
      return TriggerResult.FIRE;
    }
    ctx.registerEventTimeTimer(window.maxTimestamp());
    ReducingState<Long> fireTime = ctx.getPartitionedState(fireTimeDescriptor);
    if (fireTime.get() == null) {
      registerNext(FireTimes.next(timestamp, intervalMillis), window, ctx, fireTime);
    }
    return TriggerResult.CONTINUE;
  }

  @Override
  public TriggerResult onEventTime(long time, W window, TriggerContext ctx) throws Exception {
    if (time == window.maxTimestamp()) {
      return TriggerResult.FIRE;
    }
    ReducingState<Long> fireTime = ctx.getPartitionedState(fireTimeDescriptor);
    Long expected = fireTime.get();
    if (expected == null || expected != time) {
      return TriggerResult.CONTINUE;
    }
    fireTime.clear();
    registerNext(time + intervalMillis, window, ctx, fireTime);
    return TriggerResult.FIRE;
  }

  /** The end of the window has a timer of its own. */
  private void registerNext(long time, W window, TriggerContext ctx, ReducingState<Long> fireTime)
      throws Exception {
    long fireAt = Math.min(time, window.maxTimestamp());
    fireTime.add(fireAt);
    ctx.registerEventTimeTimer(fireAt);
  }

  @Override
  public TriggerResult onProcessingTime(long time, W window, TriggerContext ctx) {
    return TriggerResult.CONTINUE;
  }

  @Override
  public void clear(W window, TriggerContext ctx) throws Exception {
    ReducingState<Long> fireTime = ctx.getPartitionedState(fireTimeDescriptor);
    Long registered = fireTime.get();
    if (registered != null) {
      ctx.deleteEventTimeTimer(registered);
      fireTime.clear();
    }
    ctx.deleteEventTimeTimer(window.maxTimestamp());
  }

  @Override
  public boolean canMerge() {
    return true;
  }

  @Override
  public void onMerge(W window, OnMergeContext ctx) throws Exception {
    ctx.mergePartitionedState(fireTimeDescriptor);
    Long fireAt = ctx.getPartitionedState(fireTimeDescriptor).get();
    if (fireAt != null) {
      ctx.registerEventTimeTimer(fireAt);
    }
    if (window.maxTimestamp() > ctx.getCurrentWatermark()) {
      ctx.registerEventTimeTimer(window.maxTimestamp());
    }
  }

  @Override
  public String toString() {
    return "ContinuousEventTimeTrigger(" + intervalMillis + ")";
  }
}
