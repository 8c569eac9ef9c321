package io.weir.engine.operator;

/** Processing time of one task. Used by the task's thread alone. */
public interface ProcessingTime {

  /** Milliseconds since the epoch. */
  long now();

  /**
   * Calls back on the task's thread, between two records, when the time has come; at once if it is
   * past. Never calls back after the task has begun to close.
   *
   * @param timestamp milliseconds since the epoch
   */
  void callAt(long timestamp, Callback callback);

  /** What is called. */
  @FunctionalInterface
  interface Callback {
    /**
     * The time has come.
     *
     * @param timestamp the time that was asked for
     */
    void onTime(long timestamp) throws Exception;
  }
}
