package io.weir.config;

import io.weir.config.ConfigFinding.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What must hold between values of different options. */
final class OptionRelations {

  private OptionRelations() {}

  /** Findings of a configuration in which every single value is valid. */
  static List<ConfigFinding> check(Configuration configuration) {
    List<ConfigFinding> findings = new ArrayList<>();
    unalignedNeedsExactlyOnce(configuration).ifPresent(findings::add);
    unalignedNeedsOneAtATime(configuration).ifPresent(findings::add);
    backlogIsNotChasedFaster(configuration).ifPresent(findings::add);
    filesNeedADirectory(configuration).ifPresent(findings::add);
    scheduledSavepointsNeedADirectory(configuration).ifPresent(findings::add);
    backoffGrows(configuration).ifPresent(findings::add);
    return findings;
  }

  private static Optional<ConfigFinding> unalignedNeedsExactlyOnce(Configuration configuration) {
    boolean fits =
        !configuration.get(CheckpointingOptions.ENABLE_UNALIGNED)
            || configuration.get(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE)
                == CheckpointingMode.EXACTLY_ONCE;
    return invalidUnless(
        fits,
        CheckpointingOptions.ENABLE_UNALIGNED,
        "Unaligned checkpoints need %s = EXACTLY_ONCE; with AT_LEAST_ONCE no channel waits anyway."
            .formatted(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE));
  }

  private static Optional<ConfigFinding> unalignedNeedsOneAtATime(Configuration configuration) {
    boolean fits =
        !configuration.get(CheckpointingOptions.ENABLE_UNALIGNED)
            || configuration.get(CheckpointingOptions.MAX_CONCURRENT_CHECKPOINTS) == 1
            || !configuration.get(CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS).isZero();
    return invalidUnless(
        fits,
        CheckpointingOptions.ENABLE_UNALIGNED,
        "Unaligned checkpoints need %s = 1."
            .formatted(CheckpointingOptions.MAX_CONCURRENT_CHECKPOINTS));
  }

  private static Optional<ConfigFinding> backlogIsNotChasedFaster(Configuration configuration) {
    ConfigOption<Duration> option = CheckpointingOptions.CHECKPOINTING_INTERVAL_DURING_BACKLOG;
    Duration during = configuration.get(option, Duration.ZERO);
    Duration interval =
        configuration.get(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ZERO);
    return invalidUnless(
        during.isZero() || during.compareTo(interval) >= 0,
        option,
        "%s must be 0 or not shorter than %s."
            .formatted(option, CheckpointingOptions.CHECKPOINTING_INTERVAL));
  }

  private static Optional<ConfigFinding> filesNeedADirectory(Configuration configuration) {
    boolean files =
        configuration.get(CheckpointingOptions.CHECKPOINT_STORAGE, "").equals("filesystem");
    return invalidUnless(
        !files || configuration.contains(CheckpointingOptions.CHECKPOINTS_DIRECTORY),
        CheckpointingOptions.CHECKPOINT_STORAGE,
        "%s = filesystem needs %s."
            .formatted(
                CheckpointingOptions.CHECKPOINT_STORAGE,
                CheckpointingOptions.CHECKPOINTS_DIRECTORY));
  }

  private static Optional<ConfigFinding> scheduledSavepointsNeedADirectory(
      Configuration configuration) {
    return invalidUnless(
        !configuration.contains(SavepointOptions.SCHEDULE)
            || configuration.contains(CheckpointingOptions.SAVEPOINT_DIRECTORY),
        SavepointOptions.SCHEDULE,
        "%s needs %s: the directory that these savepoints go to."
            .formatted(SavepointOptions.SCHEDULE, CheckpointingOptions.SAVEPOINT_DIRECTORY));
  }

  private static Optional<ConfigFinding> backoffGrows(Configuration configuration) {
    ConfigOption<Duration> max =
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF;
    ConfigOption<Duration> initial =
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF;
    return invalidUnless(
        configuration.get(max).compareTo(configuration.get(initial)) >= 0,
        max,
        "%s must not be shorter than %s.".formatted(max, initial));
  }

  private static Optional<ConfigFinding> invalidUnless(
      boolean fits, ConfigOption<?> option, String message) {
    return fits
        ? Optional.empty()
        : Optional.of(new ConfigFinding(Kind.INVALID, option.key(), message));
  }
}
