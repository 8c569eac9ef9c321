package io.weir.api.windowing.triggers;

/** The arithmetic that the continuous triggers share. */
final class FireTimes {
  private FireTimes() {}

  /** The first multiple of the interval after a time. */
  static long next(long timeMillis, long intervalMillis) {
    return timeMillis - Math.floorMod(timeMillis, intervalMillis) + intervalMillis;
  }

  static long checkInterval(long intervalMillis) {
    if (intervalMillis < 1) {
      throw new IllegalArgumentException(
          "A continuous trigger needs an interval of at least 1 ms, not " + intervalMillis + " ms");
    }
    return intervalMillis;
  }
}
