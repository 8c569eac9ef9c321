package io.weir.barrier;

/** What a task guarantees about the records of its input channels around a barrier. */
public enum AlignmentMode {
  /**
   * A snapshot holds the effect of exactly the records in front of the barriers: channels wait for
   * each other.
   */
  EXACTLY_ONCE,
  /** A snapshot may also hold the effect of records behind a barrier: channels never wait. */
  AT_LEAST_ONCE
}
