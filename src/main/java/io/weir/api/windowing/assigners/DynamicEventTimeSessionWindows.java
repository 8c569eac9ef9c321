package io.weir.api.windowing.assigners;

import io.weir.api.types.TypeInformation;
import io.weir.api.windowing.triggers.EventTimeTrigger;
import io.weir.api.windowing.triggers.Trigger;
import io.weir.api.windowing.windows.TimeWindow;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * Sessions by event time whose gap depends on the record.
 *
 * @param <T> type of the records
 */
public final class DynamicEventTimeSessionWindows<T> extends MergingWindowAssigner<T, TimeWindow> {
  private static final long serialVersionUID = 1L;

  private final SessionWindowTimeGapExtractor<T> gapExtractor;

  DynamicEventTimeSessionWindows(SessionWindowTimeGapExtractor<T> gapExtractor) {
    this.gapExtractor = Objects.requireNonNull(gapExtractor, "gapExtractor");
  }

  public static <T> DynamicEventTimeSessionWindows<T> withDynamicGap(
      SessionWindowTimeGapExtractor<T> gapExtractor) {
    return new DynamicEventTimeSessionWindows<>(gapExtractor);
  }

  @Override
  public Collection<TimeWindow> assignWindows(
      T element, long timestamp, WindowAssignerContext context) {
    long start = TimeWindows.checkTimestamp(timestamp);
    long gapMillis = TimeWindows.checkGap(gapExtractor.extract(element));
    return List.of(new TimeWindow(start, start + gapMillis));
  }

  @Override
  public void mergeWindows(Collection<TimeWindow> windows, MergeCallback<TimeWindow> callback) {
    TimeWindows.merge(windows, callback);
  }

  @Override
  @SuppressWarnings("unchecked") // the trigger takes records of any type and reads none
  public Trigger<T, TimeWindow> getDefaultTrigger() {
    return (Trigger<T, TimeWindow>) (Trigger<?, TimeWindow>) EventTimeTrigger.create();
  }

  @Override
  public boolean isEventTime() {
    return true;
  }

  @Override
  public TypeInformation<TimeWindow> getWindowType() {
    return TypeInformation.of(TimeWindow.class);
  }

  @Override
  public String toString() {
    return "DynamicEventTimeSessionWindows()";
  }
}
