package io.weir.restart;

/**
 * Counts restarts.
 *
 * @param restarts how often the job has started again
 */
record FixedDelayBackoff(RestartStrategy.FixedDelay settings, int restarts)
    implements RestartBackoff {

  @Override
  public RestartVerdict onFailure(long nowMillis, double random) {
    if (restarts >= settings.attempts()) {
      return new RestartVerdict.GiveUp(
          "The job has started again "
              + restarts
              + " times already, as often as restart-strategy.fixed-delay.attempts allows.");
    }
    return new RestartVerdict.Restart(
        settings.delayMillis(), new FixedDelayBackoff(settings, restarts + 1));
  }
}
