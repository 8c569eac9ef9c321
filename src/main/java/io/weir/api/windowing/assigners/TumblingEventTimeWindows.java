package io.weir.api.windowing.assigners;

import io.weir.api.windowing.time.Time;
import io.weir.api.windowing.triggers.EventTimeTrigger;
import io.weir.api.windowing.triggers.Trigger;
import io.weir.api.windowing.windows.TimeWindow;
import java.time.Duration;
import java.util.Collection;

/** Windows of one size, one after the other, by event time. */
public final class TumblingEventTimeWindows extends WindowAssigner<Object, TimeWindow> {
  private static final long serialVersionUID = 1L;

  private final long sizeMillis;
  private final long offsetMillis;

  private TumblingEventTimeWindows(long sizeMillis, long offsetMillis) {
    TimeWindows.checkTumbling(sizeMillis, offsetMillis);
    this.sizeMillis = sizeMillis;
    this.offsetMillis = offsetMillis;
  }

  public static TumblingEventTimeWindows of(Duration size) {
    return of(size, Duration.ZERO);
  }

  /**
   * Windows that do not begin at multiples of their size.
   *
   * @param offset moves the start of the windows, as for days of another time zone: windows of a
   *     day with offset -8 hours are days in China
   */
  public static TumblingEventTimeWindows of(Duration size, Duration offset) {
    return new TumblingEventTimeWindows(size.toMillis(), offset.toMillis());
  }

  public static TumblingEventTimeWindows of(Time size) {
    return of(size.toDuration());
  }

  /** As {@link #of(Duration, Duration)}. */
  public static TumblingEventTimeWindows of(Time size, Time offset) {
    return of(size.toDuration(), offset.toDuration());
  }

  @Override
  public Collection<TimeWindow> assignWindows(
      Object element, long timestamp, WindowAssignerContext context) {
    return TimeWindows.tumbling(TimeWindows.checkTimestamp(timestamp), sizeMillis, offsetMillis);
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
    return "TumblingEventTimeWindows(" + sizeMillis + ")";
  }
}
