package io.weir.api.eventtime;

import java.time.Duration;
import java.util.Objects;

/**
 * Adds idleness to a generator: when no record came for a while, the output is marked idle and the
 * generator is not asked for watermarks until the next record.
 *
 * @param <T> type of the records
 */
public class WatermarksWithIdleness<T> implements WatermarkGenerator<T> {
  private final WatermarkGenerator<T> watermarks;
  private final long idleTimeoutNanos;
  private final RelativeClock clock;

  private boolean seenSinceLastEmit;
  private boolean waiting;
  private long waitingSinceNanos;
  private boolean idle;

  /**
   * Wraps a generator.
   *
   * @param watermarks the generator, not null
   * @param idleTimeout how long no record must come, greater than 0
   * @param clock tells how long, not null
   * @throws IllegalArgumentException if the time is not greater than 0
   */
  public WatermarksWithIdleness(
      WatermarkGenerator<T> watermarks, Duration idleTimeout, RelativeClock clock) {
    this.watermarks = Objects.requireNonNull(watermarks, "watermarks");
    this.idleTimeoutNanos = nanosOf(requirePositive(idleTimeout));
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  static Duration requirePositive(Duration idleTimeout) {
    if (idleTimeout.isZero() || idleTimeout.isNegative()) {
      throw new IllegalArgumentException(
          "The time after which a stream is idle must be greater than 0, but is " + idleTimeout);
    }
    return idleTimeout;
  }

  private static long nanosOf(Duration duration) {
    try {
      return duration.toNanos();
    } catch (ArithmeticException longerThanAnyRun) {
      return Long.MAX_VALUE;
    }
  }

  @Override
  public void onEvent(T event, long eventTimestamp, WatermarkOutput output) {
    watermarks.onEvent(event, eventTimestamp, output);
    seenSinceLastEmit = true;
    idle = false;
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {
    if (becomesIdle()) {
      idle = true;
      output.markIdle();
    } else if (!idle) {
      watermarks.onPeriodicEmit(output);
    }
  }

  /** Reads the clock only while no records come, so that a busy stream does not pay for it. */
  private boolean becomesIdle() {
    if (seenSinceLastEmit) {
      seenSinceLastEmit = false;
      waiting = false;
      return false;
    }
    if (idle) {
      return false;
    }
    long now = clock.relativeTimeNanos();
    if (!waiting) {
      waiting = true;
      waitingSinceNanos = now;
    }
    return now - waitingSinceNanos > idleTimeoutNanos;
  }
}
