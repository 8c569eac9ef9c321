package io.weir.engine.operator;

import io.weir.api.types.OutputTag;

/**
 * Where an operator sends what it makes: the next operator of its chain, called directly, or a
 * channel. Used by the task's thread alone.
 *
 * @param <T> the type of record
 */
public interface Output<T> {
  /** The timestamp of a record that has none. */
  long NO_TIMESTAMP = Long.MIN_VALUE;

  /**
   * Sends a record. Never blocks and never refuses: what does not fit exceeds the capacity of the
   * channel, and the task stops polling.
   */
  void emit(T value, long timestamp);

  /** Sends a record to a side output; dropped if nobody reads it. */
  <X> void emitSide(OutputTag<X> tag, X value, long timestamp);

  /** Promises that no record with this or a smaller timestamp follows. */
  void emitWatermark(long timestamp);

  /**
   * Tells that the stream is idle and is not to hold back watermarks downstream, or that it is
   * active again.
   */
  void emitIdleness(boolean idle);
}
