package io.weir.api.connector;

/**
 * Clock and timers of the task in which a reader or writer runs. Use it on the thread of the task
 * only.
 */
public interface ProcessingTimeService {
  /** The clock of the server in milliseconds since 1970. */
  long getCurrentProcessingTime();

  /**
   * Asks for a call when the clock reaches a time. Such timers are not part of checkpoints.
   *
   * @param time milliseconds since 1970
   * @param target what is called, on the thread of the task, not null
   */
  void registerTimer(long time, ProcessingTimeCallback target);

  /** Called when the time has come. */
  @FunctionalInterface
  interface ProcessingTimeCallback {
    /**
     * The time has come.
     *
     * @param time the time that was asked for
     * @throws Exception to fail the task
     */
    void onProcessingTime(long time) throws Exception;
  }
}
