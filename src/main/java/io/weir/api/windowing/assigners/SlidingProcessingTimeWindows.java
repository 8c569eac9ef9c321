package io.weir.api.windowing.assigners;

import io.weir.api.windowing.time.Time;
import io.weir.api.windowing.triggers.ProcessingTimeTrigger;
import io.weir.api.windowing.triggers.Trigger;
import io.weir.api.windowing.windows.TimeWindow;
import java.time.Duration;
import java.util.Collection;

/** Windows of one size that begin at every slide and so may overlap, by processing time. */
public final class SlidingProcessingTimeWindows extends WindowAssigner<Object, TimeWindow> {
  private static final long serialVersionUID = 1L;

  private final long sizeMillis;
  private final long slideMillis;
  private final long offsetMillis;

  private SlidingProcessingTimeWindows(long sizeMillis, long slideMillis, long offsetMillis) {
    TimeWindows.checkSliding(sizeMillis, slideMillis, offsetMillis);
    this.sizeMillis = sizeMillis;
    this.slideMillis = slideMillis;
    this.offsetMillis = offsetMillis;
  }

  public static SlidingProcessingTimeWindows of(Duration size, Duration slide) {
    return of(size, slide, Duration.ZERO);
  }

  /**
   * Windows that do not begin at multiples of the slide.
   *
   * @param offset moves the start of the windows
   */
  public static SlidingProcessingTimeWindows of(Duration size, Duration slide, Duration offset) {
    return new SlidingProcessingTimeWindows(size.toMillis(), slide.toMillis(), offset.toMillis());
  }

  public static SlidingProcessingTimeWindows of(Time size, Time slide) {
    return of(size.toDuration(), slide.toDuration());
  }

  /** As {@link #of(Duration, Duration, Duration)}. */
  public static SlidingProcessingTimeWindows of(Time size, Time slide, Time offset) {
    return of(size.toDuration(), slide.toDuration(), offset.toDuration());
  }

  @Override
  public Collection<TimeWindow> assignWindows(
      Object element, long timestamp, WindowAssignerContext context) {
    return TimeWindows.sliding(
        context.getCurrentProcessingTime(), sizeMillis, slideMillis, offsetMillis);
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
    return "SlidingProcessingTimeWindows(" + sizeMillis + ", " + slideMillis + ")";
  }
}
