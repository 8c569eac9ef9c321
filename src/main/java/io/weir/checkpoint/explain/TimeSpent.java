package io.weir.checkpoint.explain;

/**
 * How a task spent the time from a checkpoint's trigger until its own snapshot began, or until it
 * was looked at if it never did.
 *
 * @param firingTimersMillis inside operators, with timers that were due
 * @param backPressuredMillis without room in an output
 * @param totalMillis all of it
 */
public record TimeSpent(long firingTimersMillis, long backPressuredMillis, long totalMillis) {
  /** For a task of which nothing is known. */
  public static final TimeSpent UNKNOWN = new TimeSpent(0, 0, 0);

  /**
   * What came behind an earlier time. A part is noticed when it ends only: one that was under way
   * then is counted as far as there was time for it.
   */
  public TimeSpent since(TimeSpent earlier) {
    long total = Math.max(0, totalMillis - earlier.totalMillis);
    return new TimeSpent(
        within(total, firingTimersMillis - earlier.firingTimersMillis),
        within(total, backPressuredMillis - earlier.backPressuredMillis),
        total);
  }

  private static long within(long total, long part) {
    return Math.max(0, Math.min(total, part));
  }

  boolean isMostlyBackPressured() {
    return 2 * backPressuredMillis > totalMillis;
  }

  boolean isMostlyFiringTimers() {
    return 2 * firingTimersMillis > totalMillis;
  }

  long percentFiringTimers() {
    return 100 * firingTimersMillis / Math.max(1, totalMillis);
  }
}
