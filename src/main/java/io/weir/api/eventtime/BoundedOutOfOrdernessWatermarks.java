package io.weir.api.eventtime;

import java.time.Duration;

/**
 * Stays a fixed time behind the greatest timestamp.
 *
 * @param <T> type of the records
 */
public class BoundedOutOfOrdernessWatermarks<T> implements WatermarkGenerator<T> {
  private final long outOfOrdernessMillis;
  private long maxTimestamp;

  /**
   * Starts before all timestamps.
   *
   * @param maxOutOfOrderness how far it stays behind, not negative
   * @throws IllegalArgumentException if the time is negative
   */
  public BoundedOutOfOrdernessWatermarks(Duration maxOutOfOrderness) {
    this.outOfOrdernessMillis = requireNotNegative(maxOutOfOrderness).toMillis();
    // so that the watermark before the first record is Long.MIN_VALUE and not beyond
    this.maxTimestamp = Long.MIN_VALUE + outOfOrdernessMillis + 1;
  }

  static Duration requireNotNegative(Duration maxOutOfOrderness) {
    if (maxOutOfOrderness.isNegative()) {
      throw new IllegalArgumentException(
          "The time by which records may be late must not be negative, but is "
              + maxOutOfOrderness);
    }
    return maxOutOfOrderness;
  }

  @Override
  public void onEvent(T event, long eventTimestamp, WatermarkOutput output) {
    maxTimestamp = Math.max(maxTimestamp, eventTimestamp);
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {
    output.emitWatermark(new Watermark(maxTimestamp - outOfOrdernessMillis - 1));
  }
}
