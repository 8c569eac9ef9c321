package io.weir.restart;

/** What is known about the failures of one job, by one strategy. */
public sealed interface RestartBackoff
    permits NoBackoff, FixedDelayBackoff, FailureRateBackoff, ExponentialDelayBackoff {

  /**
   * The job failed.
   *
   * @param nowMillis when; never less than at the failure before
   * @param random from 0 (inclusive) to 1 (exclusive), for strategies that leave a part of the
   *     delay to chance
   */
  RestartVerdict onFailure(long nowMillis, double random);
}
