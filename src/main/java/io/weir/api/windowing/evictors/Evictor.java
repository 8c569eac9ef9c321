package io.weir.api.windowing.evictors;

import io.weir.api.metrics.MetricGroup;
import io.weir.api.windowing.windows.Window;
import java.io.Serializable;

/**
 * Removes records from a window that fires, before or after the window function. A window with an
 * evictor keeps all its records, also when it only reduces or aggregates them.
 *
 * @param <T> type of the records
 * @param <W> type of the windows
 */
public interface Evictor<T, W extends Window> extends Serializable {
  /**
   * Removes records before the window function sees them, with the iterator's {@code remove}.
   *
   * @param size how many records the window has
   */
  void evictBefore(
      Iterable<TimestampedValue<T>> elements, int size, W window, EvictorContext evictorContext);

  /** Removes records after the window function has seen them. */
  void evictAfter(
      Iterable<TimestampedValue<T>> elements, int size, W window, EvictorContext evictorContext);

  /** What an evictor may ask for. */
  interface EvictorContext {
    /** The present processing time in milliseconds since 1970. */
    long getCurrentProcessingTime();

    /** The metrics of the operator. */
    MetricGroup getMetricGroup();

    /** The present watermark, {@link Long#MIN_VALUE} before the first. */
    long getCurrentWatermark();
  }
}
