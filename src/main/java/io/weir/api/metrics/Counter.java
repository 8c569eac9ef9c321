package io.weir.api.metrics;

/** Counts something. It is changed by one thread and read by any. */
public interface Counter {
  /** Adds 1. */
  void inc();

  /**
   * Adds a number.
   *
   * @param n what is added
   */
  void inc(long n);

  /** Subtracts 1. */
  void dec();

  /**
   * Subtracts a number.
   *
   * @param n what is subtracted
   */
  void dec(long n);

  /** The present value. */
  long getCount();
}
