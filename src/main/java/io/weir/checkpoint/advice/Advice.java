package io.weir.checkpoint.advice;

import java.util.List;

/**
 * What fits a situation, and why.
 *
 * @param keepsAllowedLoss whether a failure costs no more than what may be lost
 */
public record Advice(
    IntervalAdvice interval,
    BarrierAdvice barriers,
    BackendAdvice backend,
    boolean keepsAllowedLoss) {

  /**
   * A step of the arithmetic.
   *
   * @param name what is computed
   * @param formula with the numbers that were put in
   * @param millis what comes of it
   */
  public record Step(String name, String formula, long millis) {}

  /**
   * How often.
   *
   * @param overhead share of all time that checkpoints and repeated work take with this interval
   */
  public record IntervalAdvice(long millis, double overhead, List<Step> steps) {
    public IntervalAdvice {
      steps = List.copyOf(steps);
    }
  }

  /**
   * How barriers are handled.
   *
   * @param timeoutMillis after which alignment is given up; 0 unless the mode has one
   */
  public record BarrierAdvice(Situation.BarrierMode mode, long timeoutMillis, String why) {}

  /** Where keyed state lives. RocksDB means incremental checkpoints too. */
  public record BackendAdvice(Situation.Backend backend, String why) {}
}
