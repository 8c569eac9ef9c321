package io.weir.api.functions;

/**
 * Clock and timers of a keyed function. A timer belongs to the key that is present when it is
 * registered, fires once, and is part of every checkpoint. Use it on the thread of the task only.
 */
public interface TimerService {
  /** The clock of the server in milliseconds since 1970. */
  long currentProcessingTime();

  /** The present watermark; {@link Long#MIN_VALUE} before the first one. */
  long currentWatermark();

  /**
   * Asks for a call of {@code onTimer} when the clock reaches a time; a second timer of the same
   * key and time is the same timer.
   *
   * @param time milliseconds since 1970
   * @throws UnsupportedOperationException if the stream has no keys
   */
  void registerProcessingTimeTimer(long time);

  /**
   * Asks for a call of {@code onTimer} when the watermark reaches a time; a second timer of the
   * same key and time is the same timer.
   *
   * @param time milliseconds in the records' time
   * @throws UnsupportedOperationException if the stream has no keys
   */
  void registerEventTimeTimer(long time);

  /**
   * Forgets a processing-time timer of the present key, if there is one.
   *
   * @throws UnsupportedOperationException if the stream has no keys
   */
  void deleteProcessingTimeTimer(long time);

  /**
   * Forgets an event-time timer of the present key, if there is one.
   *
   * @throws UnsupportedOperationException if the stream has no keys
   */
  void deleteEventTimeTimer(long time);
}
