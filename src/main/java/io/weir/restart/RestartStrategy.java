package io.weir.restart;

/** What the user wants to happen when a job fails. */
public sealed interface RestartStrategy {

  /** Of the exponential delay: no number of failures in a row is too many. */
  int UNLIMITED_ATTEMPTS = Integer.MAX_VALUE;

  /** What holds where the user says nothing: with checkpoints there is something to go on from. */
  static RestartStrategy byDefault(boolean checkpointing) {
    return checkpointing ? ExponentialDelay.defaults() : new NoRestart();
  }

  /** For a job that has not failed yet. */
  RestartBackoff start();

  /**
   * For people and for the configuration page, for example {@code fixed-delay (3 attempts, 1000
   * ms)}.
   */
  String describe();

  /** The job stays failed. */
  record NoRestart() implements RestartStrategy {
    @Override
    public RestartBackoff start() {
      return new NoBackoff();
    }

    @Override
    public String describe() {
      return "none";
    }
  }

  /**
   * The job starts again a fixed number of times.
   *
   * @param attempts how often it starts again over its whole life
   * @param delayMillis from a failure to the restart
   */
  record FixedDelay(int attempts, long delayMillis) implements RestartStrategy {
    public FixedDelay {
      Settings.require(attempts >= 0, "fixed-delay.attempts", attempts, "not negative");
      Settings.require(delayMillis >= 0, "fixed-delay.delay", delayMillis, "not negative");
    }

    /** One attempt after one second. */
    public static FixedDelay defaults() {
      return new FixedDelay(1, 1_000);
    }

    @Override
    public RestartBackoff start() {
      return new FixedDelayBackoff(this, 0);
    }

    @Override
    public String describe() {
      return "fixed-delay (" + attempts + " attempts, " + delayMillis + " ms)";
    }
  }

  /**
   * The job starts again as long as it does not fail too often in a span of time.
   *
   * @param maxFailuresPerInterval failures within the interval that are borne
   * @param intervalMillis the span of time
   * @param delayMillis from a failure to the restart
   */
  record FailureRate(int maxFailuresPerInterval, long intervalMillis, long delayMillis)
      implements RestartStrategy {
    public FailureRate {
      Settings.require(
          maxFailuresPerInterval >= 1,
          "failure-rate.max-failures-per-interval",
          maxFailuresPerInterval,
          "at least 1");
      Settings.require(
          intervalMillis > 0,
          "failure-rate.failure-rate-interval",
          intervalMillis,
          "more than 0 ms");
      Settings.require(delayMillis >= 0, "failure-rate.delay", delayMillis, "not negative");
    }

    /** One failure a minute, restart after one second. */
    public static FailureRate defaults() {
      return new FailureRate(1, 60_000, 1_000);
    }

    @Override
    public RestartBackoff start() {
      return FailureRateBackoff.of(this);
    }

    @Override
    public String describe() {
      return "failure-rate ("
          + maxFailuresPerInterval
          + " per "
          + intervalMillis
          + " ms, "
          + delayMillis
          + " ms)";
    }
  }

  /**
   * The job starts again after a delay that grows from failure to failure and is reset once the job
   * has run for long.
   *
   * @param initialBackoffMillis delay after the first failure
   * @param maxBackoffMillis the delay never grows beyond
   * @param backoffMultiplier by which the delay grows
   * @param resetBackoffThresholdMillis a job that ran so long without a failure starts from the
   *     first delay again
   * @param jitterFactor the part of the delay by which chance may lengthen or shorten it, from 0 to
   *     1
   * @param attemptsBeforeResetBackoff how often the job starts again without having run for so long
   */
  record ExponentialDelay(
      long initialBackoffMillis,
      long maxBackoffMillis,
      double backoffMultiplier,
      long resetBackoffThresholdMillis,
      double jitterFactor,
      int attemptsBeforeResetBackoff)
      implements RestartStrategy {

    public ExponentialDelay {
      Settings.require(
          initialBackoffMillis >= 1,
          "exponential-delay.initial-backoff",
          initialBackoffMillis,
          "at least 1 ms");
      Settings.require(
          maxBackoffMillis >= initialBackoffMillis,
          "exponential-delay.max-backoff",
          maxBackoffMillis,
          "at least the initial backoff");
      Settings.require(
          backoffMultiplier >= 1,
          "exponential-delay.backoff-multiplier",
          backoffMultiplier,
          "at least 1.0");
      Settings.require(
          resetBackoffThresholdMillis >= 1,
          "exponential-delay.reset-backoff-threshold",
          resetBackoffThresholdMillis,
          "at least 1 ms");
      Settings.require(
          jitterFactor >= 0 && jitterFactor <= 1,
          "exponential-delay.jitter-factor",
          jitterFactor,
          "from 0.0 to 1.0");
      Settings.require(
          attemptsBeforeResetBackoff >= 1,
          "exponential-delay.attempts-before-reset-backoff",
          attemptsBeforeResetBackoff,
          "at least 1");
    }

    /**
     * From one second to one minute by half more each time, reset after an hour, a tenth of chance,
     * without limit.
     */
    public static ExponentialDelay defaults() {
      return new ExponentialDelay(1_000, 60_000, 1.5, 3_600_000, 0.1, UNLIMITED_ATTEMPTS);
    }

    @Override
    public RestartBackoff start() {
      return ExponentialDelayBackoff.of(this);
    }

    @Override
    public String describe() {
      String limit =
          attemptsBeforeResetBackoff == UNLIMITED_ATTEMPTS
              ? ""
              : ", " + attemptsBeforeResetBackoff + " attempts";
      return "exponential-delay ("
          + initialBackoffMillis
          + " ms to "
          + maxBackoffMillis
          + " ms by "
          + backoffMultiplier
          + limit
          + ")";
    }
  }
}
