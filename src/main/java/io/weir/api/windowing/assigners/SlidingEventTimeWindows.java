package io.weir.api.windowing.assigners;

import io.weir.api.windowing.time.Time;
import io.weir.api.windowing.triggers.EventTimeTrigger;
import io.weir.api.windowing.triggers.Trigger;
import io.weir.api.windowing.windows.TimeWindow;
import java.time.Duration;
import java.util.Collection;

/** Windows of one size that begin at every slide and so may overlap, by event time. */
public final class SlidingEventTimeWindows extends WindowAssigner<Object, TimeWindow> {
  private static final long serialVersionUID = 1L;

  private final long sizeMillis;
  private final long slideMillis;
  private final long offsetMillis;

  private SlidingEventTimeWindows(long sizeMillis, long slideMillis, long offsetMillis) {
    TimeWindows.checkSliding(sizeMillis, slideMillis, offsetMillis);
    this.sizeMillis = sizeMillis;
    this.slideMillis = slideMillis;
    this.offsetMillis = offsetMillis;
  }

  public static SlidingEventTimeWindows of(Duration size, Duration slide) {
    return of(size, slide, Duration.ZERO);
  }

  /**
   * Windows that do not begin at multiples of the slide.
   *
   * @param offset moves the start of the windows
   */
  public static SlidingEventTimeWindows of(Duration size, Duration slide, Duration offset) {
    return new SlidingEventTimeWindows(size.toMillis(), slide.toMillis(), offset.toMillis());
  }

  public static SlidingEventTimeWindows of(Time size, Time slide) {
    return of(size.toDuration(), slide.toDuration());
  }

  /** As {@link #of(Duration, Duration, Duration)}. */
  public static SlidingEventTimeWindows of(Time size, Time slide, Time offset) {
    return of(size.toDuration(), slide.toDuration(), offset.toDuration());
  }

  @Override
  public Collection<TimeWindow> assignWindows(
      Object element, long timestamp, WindowAssignerContext context) {
    return TimeWindows.sliding(
        TimeWindows.checkTimestamp(timestamp), sizeMillis, slideMillis, offsetMillis);
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
    return "SlidingEventTimeWindows(" + sizeMillis + ", " + slideMillis + ")";
  }
}
