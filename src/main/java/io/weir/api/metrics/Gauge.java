package io.weir.api.metrics;

/**
 * A value that is computed when it is asked for, on the thread that asks.
 *
 * @param <T> type of the value
 */
public interface Gauge<T> {
  /** The present value; must be quick and must not throw. */
  T getValue();
}
