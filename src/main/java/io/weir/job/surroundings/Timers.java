package io.weir.job.surroundings;

/** Port: calls back later. Safe for use by several threads. */
public interface Timers {

  /**
   * Calls back once, on any thread, not before this time.
   *
   * @param timeMillis milliseconds since the epoch
   * @param action short, never blocking
   */
  void callAt(long timeMillis, Runnable action);
}
