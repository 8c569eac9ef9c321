package io.weir.api.windowing.triggers;

import io.weir.api.state.ReducingState;
import io.weir.api.state.ReducingStateDescriptor;
import io.weir.api.types.Types;
import io.weir.api.windowing.time.Time;
import io.weir.api.windowing.windows.Window;
import java.time.Duration;

/**
 * Fires every interval of processing time, as long as the window exists.
 *
 * @param <W> type of the windows
 */
public final class ContinuousProcessingTimeTrigger<W extends Window> extends Trigger<Object, W> {
  private static final long serialVersionUID = 1L;

  private final long intervalMillis;
  private final ReducingStateDescriptor<Long> fireTimeDescriptor =
      new ReducingStateDescriptor<>("fire-time", Math::min, Types.LONG);

  private ContinuousProcessingTimeTrigger(long intervalMillis) {
    this.intervalMillis = FireTimes.checkInterval(intervalMillis);
  }

  public static <W extends Window> ContinuousProcessingTimeTrigger<W> of(Duration interval) {
    return new ContinuousProcessingTimeTrigger<>(interval.toMillis());
  }

  public static <W extends Window> ContinuousProcessingTimeTrigger<W> of(Time interval) {
    return of(interval.toDuration());
  }

  @Override
  public TriggerResult onElement(Object element, long timestamp, W window, TriggerContext ctx)
      throws Exception {
    ReducingState<Long> fireTime = ctx.getPartitionedState(fireTimeDescriptor);
    if (fireTime.get() == null) {
      long now = ctx.getCurrentProcessingTime();
      registerNext(FireTimes.next(now, intervalMillis), window, ctx, fireTime);
    }
    return TriggerResult.CONTINUE;
  }

  @Override
  public TriggerResult onProcessingTime(long time, W window, TriggerContext ctx) throws Exception {
    ReducingState<Long> fireTime = ctx.getPartitionedState(fireTimeDescriptor);
    Long expected = fireTime.get();
    if (expected == null || expected != time) {
      return TriggerResult.CONTINUE;
    }
    fireTime.clear();
    registerNext(time + intervalMillis, window, ctx, fireTime);
    return TriggerResult.FIRE;
  }

  private void registerNext(long time, W window, TriggerContext ctx, ReducingState<Long> fireTime)
      throws Exception {
    long fireAt = Math.min(time, window.maxTimestamp());
    fireTime.add(fireAt);
    ctx.registerProcessingTimeTimer(fireAt);
  }

  @Override
  public TriggerResult onEventTime(long time, W window, TriggerContext ctx) {
    return TriggerResult.CONTINUE;
  }

  @Override
  public void clear(W window, TriggerContext ctx) throws Exception {
    ReducingState<Long> fireTime = ctx.getPartitionedState(fireTimeDescriptor);
    Long registered = fireTime.get();
    if (registered != null) {
      ctx.deleteProcessingTimeTimer(registered);
      fireTime.clear();
    }
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
      ctx.registerProcessingTimeTimer(fireAt);
    }
  }

  @Override
  public String toString() {
    return "ContinuousProcessingTimeTrigger(" + intervalMillis + ")";
  }
}
