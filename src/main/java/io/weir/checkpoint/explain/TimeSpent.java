package io.weir.checkpoint.explain;

/**
 * How a task spent the time from a checkpoint's trigger until its own snapshot began, or until it
 * was looked at if it never did.
 *
 * @param firingTimersMillis inside operators, with timers that were due
 * @param backPressuredMillis without room in an output
 * @param otherMillis everything else
 */
public record TimeSpent(long firingTimersMillis, long backPressuredMillis, long otherMillis) {
  /** For a task of which nothing is known. */
  public static final TimeSpent UNKNOWN = new TimeSpent(0, 0, 0);

  boolean isMostlyBackPressured() {
    return 2 * backPressuredMillis > totalMillis();
  }

  boolean isMostlyFiringTimers() {
    return 2 * firingTimersMillis > totalMillis();
  }

  long percentFiringTimers() {
    return 100 * firingTimersMillis / Math.max(1, totalMillis());
  }

  private long totalMillis() {
    return firingTimersMillis + backPressuredMillis + otherMillis;
  }
}
