package io.weir.job.description;

import io.weir.config.Configuration;
import io.weir.config.RestartStrategyOptions;
import io.weir.restart.RestartStrategy;
import java.util.Optional;

/** Reads the restart strategy from a job's configuration. */
final class ConfiguredRestart {
  private ConfiguredRestart() {}

  static RestartStrategy of(Configuration configuration, boolean checkpointing) {
    Optional<String> type = configuration.getOptional(RestartStrategyOptions.RESTART_STRATEGY);
    if (type.isEmpty()) {
      return checkpointing ? exponentialDelay(configuration) : new RestartStrategy.NoRestart();
    }
    return switch (type.get()) {
      case "fixed-delay" -> fixedDelay(configuration);
      case "failure-rate" -> failureRate(configuration);
      case "exponential-delay" -> exponentialDelay(configuration);
      default -> new RestartStrategy.NoRestart();
    };
  }

  private static RestartStrategy fixedDelay(Configuration configuration) {
    return new RestartStrategy.FixedDelay(
        configuration.get(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS),
        configuration.get(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY).toMillis());
  }

  private static RestartStrategy failureRate(Configuration configuration) {
    return new RestartStrategy.FailureRate(
        configuration.get(
            RestartStrategyOptions.RESTART_STRATEGY_FAILURE_RATE_MAX_FAILURES_PER_INTERVAL),
        configuration
            .get(RestartStrategyOptions.RESTART_STRATEGY_FAILURE_RATE_FAILURE_RATE_INTERVAL)
            .toMillis(),
        configuration.get(RestartStrategyOptions.RESTART_STRATEGY_FAILURE_RATE_DELAY).toMillis());
  }

  private static RestartStrategy exponentialDelay(Configuration configuration) {
    return new RestartStrategy.ExponentialDelay(
        configuration
            .get(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF)
            .toMillis(),
        configuration
            .get(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF)
            .toMillis(),
        configuration.get(
            RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_BACKOFF_MULTIPLIER),
        configuration
            .get(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_RESET_BACKOFF_THRESHOLD)
            .toMillis(),
        configuration.get(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_JITTER_FACTOR),
        configuration.get(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_ATTEMPTS));
  }
}
