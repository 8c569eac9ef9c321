package io.weir.engine.operator;

/**
 * What an operator takes in, on one of its inputs. Called by the task's thread alone.
 *
 * @param <T> the type of record
 */
public interface Input<T> {

  /** A record; its timestamp is {@link Output#NO_TIMESTAMP} if it has none. */
  void element(T value, long timestamp) throws Exception;

  /** A watermark of this input, already merged over its channels; ascending. */
  void watermark(long timestamp) throws Exception;

  /** All channels of this input have become idle, or one has become active again. */
  void idleness(boolean idle) throws Exception;
}
