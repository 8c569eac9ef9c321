package io.weir.checkpoint;

/** Points in time that may lie beyond the end of time, when a duration means "never". */
final class Times {
  private Times() {}

  static long after(long timeMillis, long durationMillis) {
    long sum = timeMillis + durationMillis;
    return sum < timeMillis ? Long.MAX_VALUE : sum;
  }
}
