package io.weir.api.windowing.assigners;

import io.weir.api.windowing.time.Time;
import io.weir.api.windowing.triggers.EventTimeTrigger;
import io.weir.api.windowing.triggers.Trigger;
import io.weir.api.windowing.windows.TimeWindow;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** Sessions: windows that end when no record came for a gap of event time. */
public final class EventTimeSessionWindows extends MergingWindowAssigner<Object, TimeWindow> {
  private static final long serialVersionUID = 1L;

  private final long gapMillis;

  private EventTimeSessionWindows(long gapMillis) {
    this.gapMillis = TimeWindows.checkGap(gapMillis);
  }

  public static EventTimeSessionWindows withGap(Duration gap) {
    return new EventTimeSessionWindows(gap.toMillis());
  }

  public static EventTimeSessionWindows withGap(Time gap) {
    return withGap(gap.toDuration());
  }

  /** Sessions whose gap depends on the record. */
  public static <T> DynamicEventTimeSessionWindows<T> withDynamicGap(
      SessionWindowTimeGapExtractor<T> gapExtractor) {
    return new DynamicEventTimeSessionWindows<>(gapExtractor);
  }

  @Override
  public Collection<TimeWindow> assignWindows(
      Object element, long timestamp, WindowAssignerContext context) {
    long start = TimeWindows.checkTimestamp(timestamp);
    return List.of(new TimeWindow(start, start + gapMillis));
  }

  @Override
  public void mergeWindows(Collection<TimeWindow> windows, MergeCallback<TimeWindow> callback) {
    TimeWindows.merge(windows, callback);
  }

  @Override
  public Trigger<Object, TimeWindow> getDefaultTrigger() {
    return EventTimeTrigger.create();
  }

  @Override
  public boolean isEventTime() {
    return true;
  }

  @Override
  public String toString() {
    return "EventTimeSessionWindows(" + gapMillis + ")";
  }
}
