package io.weir.api.windowing.triggers;

import io.weir.api.state.ValueState;
import io.weir.api.state.ValueStateDescriptor;
import io.weir.api.types.TypeInformation;
import io.weir.api.windowing.windows.Window;
import java.util.Objects;

/**
 * Fires when a record differs from the one that last fired by more than a threshold.
 *
 * @param <T> type of the records
 * @param <W> type of the windows
 */
public final class DeltaTrigger<T, W extends Window> extends Trigger<T, W> {
  private static final long serialVersionUID = 1L;

  private final double threshold;
  private final DeltaFunction<T> deltaFunction;
  private final ValueStateDescriptor<T> lastDescriptor;

  private DeltaTrigger(double threshold, DeltaFunction<T> deltaFunction, TypeInformation<T> type) {
    this.threshold = threshold;
    this.deltaFunction = Objects.requireNonNull(deltaFunction, "deltaFunction");
    this.lastDescriptor = new ValueStateDescriptor<>("last-element", type);
  }

  public static <T, W extends Window> DeltaTrigger<T, W> of(
      double threshold, DeltaFunction<T> deltaFunction, TypeInformation<T> type) {
    return new DeltaTrigger<>(threshold, deltaFunction, type);
  }

  @Override
  public TriggerResult onElement(T element, long timestamp, W window, TriggerContext ctx)
      throws Exception {
    ValueState<T> last = ctx.getPartitionedState(lastDescriptor);
    T lastElement = last.value();
    if (lastElement == null) {
      last.update(element);
      return TriggerResult.CONTINUE;
    }
    if (deltaFunction.getDelta(lastElement, element) <= threshold) {
      return TriggerResult.CONTINUE;
    }
    last.update(element);
    return TriggerResult.FIRE;
  }

  @Override
  public TriggerResult onEventTime(long time, W window, TriggerContext ctx) {
    return TriggerResult.CONTINUE;
  }

  @Override
  public TriggerResult onProcessingTime(long time, W window, TriggerContext ctx) {
    return TriggerResult.CONTINUE;
  }

  @Override
  public void clear(W window, TriggerContext ctx) {
    ctx.getPartitionedState(lastDescriptor).clear();
  }

  @Override
  public String toString() {
    return "DeltaTrigger(" + deltaFunction + ", " + threshold + ")";
  }
}
