package io.weir.engine.operator;

import io.weir.engine.channel.RecordBatch;

/**
 * What an operator takes in, on one of its inputs. Called by the task's thread alone.
 *
 * @param <T> the type of record
 */
public interface Input<T> {

  /**
   * Tells which records probably come next, in this order, so that what they need can be brought
   * near. It must not change anything; the records may also come otherwise, or not at all.
   */
  default void expect(RecordBatch batch, int from) {}

  /** A record; its timestamp is {@link Output#NO_TIMESTAMP} if it has none. */
  void element(T value, long timestamp) throws Exception;

  /** A watermark of this input, already merged over its channels; ascending. */
  void watermark(long timestamp) throws Exception;

  /** All channels of this input have become idle, or one has become active again. */
  void idleness(boolean idle) throws Exception;
}
