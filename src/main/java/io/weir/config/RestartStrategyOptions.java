package io.weir.config;

import java.time.Duration;

/** {@code restart-strategy.*}: whether and when a failed job starts again. */
public final class RestartStrategyOptions {
  private static final String PREFIX = "restart-strategy.";
  private static final String EXPONENTIAL = PREFIX + "exponential-delay.";

  private RestartStrategyOptions() {}

  public static final ConfigOption<String> RESTART_STRATEGY =
      ConfigOptions.key(PREFIX + "type")
          .oneOf("none", "fixed-delay", "failure-rate", "exponential-delay")
          .noDefaultValue()
          .withFallbackKeys("restart-strategy")
          .withAlias("off", "none")
          .withAlias("disable", "none")
          .withDescription(
              "The strategy; where it is not set, exponential-delay for a job with checkpoints, none"
                  + " for a job without.");

  public static final ConfigOption<Integer> RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS =
      ConfigOptions.key(PREFIX + "fixed-delay.attempts")
          .intType()
          .defaultValue(1)
          .withLimit(attempts -> attempts >= 0, "a whole number of at least 0")
          .withDescription("fixed-delay: restarts before the job fails for good.");

  public static final ConfigOption<Duration> RESTART_STRATEGY_FIXED_DELAY_DELAY =
      ConfigOptions.key(PREFIX + "fixed-delay.delay")
          .durationType()
          .defaultValue(Duration.ofSeconds(1))
          .withDescription("fixed-delay: time between a failure and the restart.");

  public static final ConfigOption<Integer>
      RESTART_STRATEGY_FAILURE_RATE_MAX_FAILURES_PER_INTERVAL =
          ConfigOptions.key(PREFIX + "failure-rate.max-failures-per-interval")
              .intType()
              .defaultValue(1)
              .withLimit(failures -> failures >= 1, "a whole number of at least 1")
              .withDescription("failure-rate: failures within the interval that the job survives.");

  public static final ConfigOption<Duration> RESTART_STRATEGY_FAILURE_RATE_FAILURE_RATE_INTERVAL =
      ConfigOptions.key(PREFIX + "failure-rate.failure-rate-interval")
          .durationType()
          .defaultValue(Duration.ofMinutes(1))
          .withDescription("failure-rate: the interval over which failures are counted.");

  public static final ConfigOption<Duration> RESTART_STRATEGY_FAILURE_RATE_DELAY =
      ConfigOptions.key(PREFIX + "failure-rate.delay")
          .durationType()
          .defaultValue(Duration.ofSeconds(1))
          .withDescription("failure-rate: time between a failure and the restart.");

  public static final ConfigOption<Duration> RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF =
      ConfigOptions.key(EXPONENTIAL + "initial-backoff")
          .durationType()
          .defaultValue(Duration.ofSeconds(1))
          .withLimit(backoff -> !backoff.isZero(), "a duration above 0")
          .withDescription("exponential-delay: time between the first failure and the restart.");

  public static final ConfigOption<Duration> RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF =
      ConfigOptions.key(EXPONENTIAL + "max-backoff")
          .durationType()
          .defaultValue(Duration.ofMinutes(1))
          .withDescription(
              "exponential-delay: the longest time between a failure and the restart.");

  public static final ConfigOption<Double> RESTART_STRATEGY_EXPONENTIAL_DELAY_BACKOFF_MULTIPLIER =
      ConfigOptions.key(EXPONENTIAL + "backoff-multiplier")
          .doubleType()
          .defaultValue(1.5)
          .withLimit(factor -> factor > 1, "a number above 1")
          .withDescription(
              "exponential-delay: what every further failure multiplies the delay by.");

  public static final ConfigOption<Duration>
      RESTART_STRATEGY_EXPONENTIAL_DELAY_RESET_BACKOFF_THRESHOLD =
          ConfigOptions.key(EXPONENTIAL + "reset-backoff-threshold")
              .durationType()
              .defaultValue(Duration.ofHours(1))
              .withDescription(
                  "exponential-delay: time without a failure after which the delay begins anew.");

  public static final ConfigOption<Double> RESTART_STRATEGY_EXPONENTIAL_DELAY_JITTER_FACTOR =
      ConfigOptions.key(EXPONENTIAL + "jitter-factor")
          .doubleType()
          .defaultValue(0.1)
          .withLimit(factor -> factor >= 0 && factor <= 1, "a number from 0 to 1")
          .withDescription(
              "exponential-delay: the share of the delay that chance adds or takes away.");

  public static final ConfigOption<Integer> RESTART_STRATEGY_EXPONENTIAL_DELAY_ATTEMPTS =
      ConfigOptions.key(EXPONENTIAL + "attempts-before-reset-backoff")
          .intType()
          .defaultValue(Integer.MAX_VALUE)
          .withLimit(attempts -> attempts >= 0, "a whole number of at least 0")
          .withDescription(
              "exponential-delay: restarts, without the delay beginning anew, before the job fails for"
                  + " good.");
}
