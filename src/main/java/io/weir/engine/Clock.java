package io.weir.engine;

/** Port: tells the time. Safe for use by several threads. */
public interface Clock {

  /** Milliseconds since the epoch. */
  long nowMillis();

  /** Nanoseconds since an arbitrary point, for measuring spans. */
  long nanoTime();
}
