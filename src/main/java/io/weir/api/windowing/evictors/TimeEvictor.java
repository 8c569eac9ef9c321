package io.weir.api.windowing.evictors;

import io.weir.api.windowing.time.Time;
import io.weir.api.windowing.windows.Window;
import java.time.Duration;
import java.util.Iterator;

/**
 * Keeps the records whose event time is within a time before the latest one's.
 *
 * @param <W> type of the windows
 */
public final class TimeEvictor<W extends Window> implements Evictor<Object, W> {
  private static final long serialVersionUID = 1L;

  private final long windowSizeMillis;
  private final boolean doEvictAfter;

  private TimeEvictor(long windowSizeMillis, boolean doEvictAfter) {
    this.windowSizeMillis = windowSizeMillis;
    this.doEvictAfter = doEvictAfter;
  }

  public static <W extends Window> TimeEvictor<W> of(Duration windowSize) {
    return of(windowSize, false);
  }

  /**
   * Chooses the moment of removal.
   *
   * @param doEvictAfter whether to remove after the window function instead of before
   */
  public static <W extends Window> TimeEvictor<W> of(Duration windowSize, boolean doEvictAfter) {
    return new TimeEvictor<>(windowSize.toMillis(), doEvictAfter);
  }

  public static <W extends Window> TimeEvictor<W> of(Time windowSize) {
    return of(windowSize.toDuration(), false);
  }

  /** As {@link #of(Duration, boolean)}. */
  public static <W extends Window> TimeEvictor<W> of(Time windowSize, boolean doEvictAfter) {
    return of(windowSize.toDuration(), doEvictAfter);
  }

  @Override
  public void evictBefore(
      Iterable<TimestampedValue<Object>> elements, int size, W window, EvictorContext context) {
    if (!doEvictAfter) {
      evict(elements);
    }
  }

  @Override
  public void evictAfter(
      Iterable<TimestampedValue<Object>> elements, int size, W window, EvictorContext context) {
    if (doEvictAfter) {
      evict(elements);
    }
  }

  private void evict(Iterable<TimestampedValue<Object>> elements) {
    long latest = Long.MIN_VALUE;
    for (TimestampedValue<Object> element : elements) {
      if (element.hasTimestamp()) {
        latest = Math.max(latest, element.getTimestamp());
      }
    }
    if (latest == Long.MIN_VALUE) {
      return;
    }
    long evictUpTo = latest - windowSizeMillis;
    for (Iterator<TimestampedValue<Object>> it = elements.iterator(); it.hasNext(); ) {
      TimestampedValue<Object> element = it.next();
      if (element.hasTimestamp() && element.getTimestamp() <= evictUpTo) {
        it.remove();
      }
    }
  }
}
