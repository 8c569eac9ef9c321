package io.weir.api.environment;

import io.weir.api.windowing.time.Time;
import io.weir.config.Configuration;
import io.weir.config.RestartStrategyOptions;
import java.time.Duration;
import java.util.Objects;

/**
 * Whether and when a failed job starts again; the same as the options {@code restart-strategy.*}.
 */
public final class RestartStrategies {
  private RestartStrategies() {}

  /** A failed job stays failed. */
  public static RestartStrategyConfiguration noRestart() {
    return of("none");
  }

  /** What the server is configured to do. */
  public static RestartStrategyConfiguration fallBackRestart() {
    return new RestartStrategyConfiguration(new Configuration());
  }

  /**
   * Restarts a number of times.
   *
   * @param delayBetweenAttempts milliseconds between a failure and the restart
   */
  public static RestartStrategyConfiguration fixedDelayRestart(
      int restartAttempts, long delayBetweenAttempts) {
    return fixedDelayRestart(restartAttempts, Duration.ofMillis(delayBetweenAttempts));
  }

  /** Restarts a number of times. */
  public static RestartStrategyConfiguration fixedDelayRestart(
      int restartAttempts, Time delayInterval) {
    return fixedDelayRestart(restartAttempts, delayInterval.toDuration());
  }

  /** Restarts a number of times. */
  public static RestartStrategyConfiguration fixedDelayRestart(
      int restartAttempts, Duration delayInterval) {
    RestartStrategyConfiguration strategy = of("fixed-delay");
    strategy
        .configuration
        .set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, restartAttempts)
        .set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, delayInterval);
    return strategy;
  }

  /** Restarts unless there are too many failures within an interval. */
  public static RestartStrategyConfiguration failureRateRestart(
      int failureRate, Time failureInterval, Time delayInterval) {
    return failureRateRestart(
        failureRate, failureInterval.toDuration(), delayInterval.toDuration());
  }

  /** Restarts unless there are too many failures within an interval. */
  public static RestartStrategyConfiguration failureRateRestart(
      int failureRate, Duration failureInterval, Duration delayInterval) {
    RestartStrategyConfiguration strategy = of("failure-rate");
    strategy
        .configuration
        .set(
            RestartStrategyOptions.RESTART_STRATEGY_FAILURE_RATE_MAX_FAILURES_PER_INTERVAL,
            failureRate)
        .set(
            RestartStrategyOptions.RESTART_STRATEGY_FAILURE_RATE_FAILURE_RATE_INTERVAL,
            failureInterval)
        .set(RestartStrategyOptions.RESTART_STRATEGY_FAILURE_RATE_DELAY, delayInterval);
    return strategy;
  }

  /** Restarts after a delay that grows with every failure. */
  public static RestartStrategyConfiguration exponentialDelayRestart(
      Time initialBackoff,
      Time maxBackoff,
      double backoffMultiplier,
      Time resetBackoffThreshold,
      double jitterFactor) {
    return exponentialDelayRestart(
        initialBackoff.toDuration(),
        maxBackoff.toDuration(),
        backoffMultiplier,
        resetBackoffThreshold.toDuration(),
        jitterFactor);
  }

  /** Restarts after a delay that grows with every failure. */
  public static RestartStrategyConfiguration exponentialDelayRestart(
      Duration initialBackoff,
      Duration maxBackoff,
      double backoffMultiplier,
      Duration resetBackoffThreshold,
      double jitterFactor) {
    RestartStrategyConfiguration strategy = of("exponential-delay");
    strategy
        .configuration
        .set(
            RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF,
            initialBackoff)
        .set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF, maxBackoff)
        .set(
            RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_BACKOFF_MULTIPLIER,
            backoffMultiplier)
        .set(
            RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_RESET_BACKOFF_THRESHOLD,
            resetBackoffThreshold)
        .set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_JITTER_FACTOR, jitterFactor);
    return strategy;
  }

  private static RestartStrategyConfiguration of(String type) {
    return new RestartStrategyConfiguration(
        new Configuration().set(RestartStrategyOptions.RESTART_STRATEGY, type));
  }

  /** A chosen strategy. */
  public static final class RestartStrategyConfiguration {
    private final Configuration configuration;

    private RestartStrategyConfiguration(Configuration configuration) {
      this.configuration = Objects.requireNonNull(configuration, "configuration");
    }

    /** The strategy as options; empty for the fall-back. */
    Configuration options() {
      return configuration;
    }

    @Override
    public String toString() {
      return configuration.toString();
    }
  }
}
