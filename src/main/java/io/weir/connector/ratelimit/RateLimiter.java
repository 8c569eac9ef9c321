package io.weir.connector.ratelimit;

/**
 * Decides when the next record is due. Records are due at equal distances, counted from an anchor;
 * the anchor moves when the clock ran away from the count: after a long pause, or when it was set
 * back.
 */
final class RateLimiter {
  /** What was missed in this time is caught up on, so that short pauses do not lower the rate. */
  static final long MAX_BURST_MILLIS = 1_000;

  /** High rates come in small bursts, so that a task is not woken for every record. */
  static final long MIN_PAUSE_MILLIS = 10;

  /** No record is due later than one distance from now, unless the clock was set back. */
  private static final long CLOCK_TOLERANCE_MILLIS = 1;

  private final double millisPerRecord;
  private boolean anchored;
  private long anchorMillis;

  /** Records since the anchor; the next one is due at {@code anchor + count * distance}. */
  private long count;

  RateLimiter(double recordsPerSecond) {
    this.millisPerRecord = 1_000 / recordsPerSecond;
  }

  /** Takes a record, if one is due. */
  boolean tryAcquire(long nowMillis) {
    double dueInMillis = dueIn(nowMillis);
    if (!anchored || dueInMillis > millisPerRecord + CLOCK_TOLERANCE_MILLIS) {
      anchor(nowMillis);
    } else if (dueInMillis < -MAX_BURST_MILLIS) {
      anchor(nowMillis - MAX_BURST_MILLIS);
    } else if (dueInMillis > 0) {
      return false;
    }
    count++;
    return true;
  }

  /** When to try again, after a record was refused. */
  long nextTry(long nowMillis) {
    return nowMillis + Math.max(MIN_PAUSE_MILLIS, (long) Math.ceil(dueIn(nowMillis)));
  }

  private double dueIn(long nowMillis) {
    return count * millisPerRecord - (nowMillis - anchorMillis);
  }

  private void anchor(long millis) {
    anchored = true;
    anchorMillis = millis;
    count = 0;
  }
}
