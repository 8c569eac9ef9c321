package io.weir.restart;

/**
 * Lets the delay grow.
 *
 * @param attempts restarts since the delay was last reset
 * @param backoffMillis the next delay, before chance
 * @param restartMillis when the job started, or will start, again last
 */
record ExponentialDelayBackoff(
    RestartStrategy.ExponentialDelay settings, int attempts, long backoffMillis, long restartMillis)
    implements RestartBackoff {
  /** Before the first restart there is nothing to reset. */
  private static final long NEVER = Long.MIN_VALUE;

  static ExponentialDelayBackoff of(RestartStrategy.ExponentialDelay settings) {
    return new ExponentialDelayBackoff(settings, 0, settings.initialBackoffMillis(), NEVER);
  }

  @Override
  public RestartVerdict onFailure(long nowMillis, double random) {
    if (restartMillis != NEVER && nowMillis <= restartMillis) {
      // several tasks failed at once: they start again together
      return new RestartVerdict.Restart(restartMillis - nowMillis, this);
    }
    boolean ranForLong =
        restartMillis != NEVER
            && nowMillis - restartMillis >= settings.resetBackoffThresholdMillis();
    return (ranForLong ? of(settings) : this).restartAfterDelay(nowMillis, random);
  }

  private RestartVerdict restartAfterDelay(long nowMillis, double random) {
    if (attempts >= settings.attemptsBeforeResetBackoff()) {
      return new RestartVerdict.GiveUp(
          "The job has started again "
              + attempts
              + " times without running for "
              + settings.resetBackoffThresholdMillis()
              + " ms in between, as often as restart-strategy.exponential-delay.attempts-before-reset-backoff allows.");
    }
    long delayMillis = withJitter(random);
    long grown =
        Math.min(
            settings.maxBackoffMillis(), (long) (backoffMillis * settings.backoffMultiplier()));
    // a short backoff times a small factor may round down to itself for ever
    long next =
        settings.backoffMultiplier() > 1
            ? Math.min(settings.maxBackoffMillis(), Math.max(grown, backoffMillis + 1))
            : grown;
    return new RestartVerdict.Restart(
        delayMillis,
        new ExponentialDelayBackoff(settings, attempts + 1, next, nowMillis + delayMillis));
  }

  private long withJitter(double random) {
    double offset = backoffMillis * settings.jitterFactor() * (2 * random - 1);
    return Math.min(settings.maxBackoffMillis(), Math.max(0, Math.round(backoffMillis + offset)));
  }
}
