package io.weir.engine.operator.time;

/**
 * Who is called when a timer fires. The timer's key is then the current key of the keyed state.
 *
 * @param <N> the type of namespace
 */
public interface TimerTarget<N> {

  /** The watermark has passed an event-time timer. */
  void onEventTime(N namespace, long timestamp) throws Exception;

  /** The time of a processing-time timer is over. */
  void onProcessingTime(N namespace, long timestamp) throws Exception;
}
