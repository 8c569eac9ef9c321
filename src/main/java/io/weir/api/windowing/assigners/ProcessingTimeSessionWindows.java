package io.weir.api.windowing.assigners;

import io.weir.api.windowing.time.Time;
import io.weir.api.windowing.triggers.ProcessingTimeTrigger;
import io.weir.api.windowing.triggers.Trigger;
import io.weir.api.windowing.windows.TimeWindow;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** Sessions: windows that end when no record came for a gap of processing time. */
public final class ProcessingTimeSessionWindows extends MergingWindowAssigner<Object, TimeWindow> {
  private static final long serialVersionUID = 1L;

  private final long gapMillis;

  private ProcessingTimeSessionWindows(long gapMillis) {
    this.gapMillis = TimeWindows.checkGap(gapMillis);
  }

  public static ProcessingTimeSessionWindows withGap(Duration gap) {
    return new ProcessingTimeSessionWindows(gap.toMillis());
  }

  public static ProcessingTimeSessionWindows withGap(Time gap) {
    return withGap(gap.toDuration());
  }

  /** Sessions whose gap depends on the record. */
  public static <T> DynamicProcessingTimeSessionWindows<T> withDynamicGap(
      SessionWindowTimeGapExtractor<T> gapExtractor) {
    return new DynamicProcessingTimeSessionWindows<>(gapExtractor);
  }

  @Override
  public Collection<TimeWindow> assignWindows(
      Object element, long timestamp, WindowAssignerContext context) {
    long start = context.getCurrentProcessingTime();
    return List.of(new TimeWindow(start, start + gapMillis));
  }

  @Override
  public void mergeWindows(Collection<TimeWindow> windows, MergeCallback<TimeWindow> callback) {
    TimeWindows.merge(windows, callback);
  }

  @Override
  public Trigger<Object, TimeWindow> getDefaultTrigger() {
    return ProcessingTimeTrigger.create();
  }

  @Override
  public boolean isEventTime() {
    return false;
  }

  @Override
  public String toString() {
    return "ProcessingTimeSessionWindows(" + gapMillis + ")";
  }
}
