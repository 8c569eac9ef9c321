package io.weir.api.environment;

import io.weir.config.CheckpointingMode;
import io.weir.config.CheckpointingOptions;
import io.weir.config.ConfigOption;
import io.weir.config.Configuration;
import io.weir.config.ExternalizedCheckpointRetention;
import io.weir.config.StateRecoveryOptions;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;

/**
 * The settings of checkpoints; a view of the environment's configuration. Each method sets or reads
 * the option {@code execution.checkpointing.*} of its name.
 */
public final class CheckpointConfig {
  private static final String PATH_STORAGE = "filesystem";

  private final Configuration configuration;

  CheckpointConfig(Configuration configuration) {
    this.configuration = Objects.requireNonNull(configuration, "configuration");
  }

  /** Takes over the checkpointing options of a configuration. */
  public void configure(Configuration other) {
    configuration.addAll(other);
  }

  /** Whether checkpoints are taken periodically. */
  public boolean isCheckpointingEnabled() {
    return configuration.contains(CheckpointingOptions.CHECKPOINTING_INTERVAL);
  }

  /** Stops periodic checkpoints. */
  public void disableCheckpointing() {
    configuration.remove(CheckpointingOptions.CHECKPOINTING_INTERVAL);
  }

  /** Milliseconds between the starts of two checkpoints, -1 without periodic checkpoints. */
  public long getCheckpointInterval() {
    return millisOr(CheckpointingOptions.CHECKPOINTING_INTERVAL, -1);
  }

  /** Sets the milliseconds between the starts of two checkpoints, at least 10. */
  public void setCheckpointInterval(long checkpointInterval) {
    setMillis(CheckpointingOptions.CHECKPOINTING_INTERVAL, checkpointInterval);
  }

  /** The interval while a source works off a backlog; by default the usual one. */
  public long getCheckpointIntervalDuringBacklog() {
    return millisOr(
        CheckpointingOptions.CHECKPOINTING_INTERVAL_DURING_BACKLOG, getCheckpointInterval());
  }

  /** Sets the milliseconds between checkpoints during a backlog; 0 for none. */
  public void setCheckpointIntervalDuringBacklog(long checkpointInterval) {
    setMillis(CheckpointingOptions.CHECKPOINTING_INTERVAL_DURING_BACKLOG, checkpointInterval);
  }

  public CheckpointingMode getCheckpointingMode() {
    return configuration.get(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE);
  }

  public void setCheckpointingMode(CheckpointingMode checkpointingMode) {
    configuration.set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, checkpointingMode);
  }

  /** The same as {@link #getCheckpointingMode()}. */
  public CheckpointingMode getCheckpointingConsistencyMode() {
    return getCheckpointingMode();
  }

  /** The same as {@link #setCheckpointingMode}. */
  public void setCheckpointingConsistencyMode(CheckpointingMode checkpointingMode) {
    setCheckpointingMode(checkpointingMode);
  }

  /** Milliseconds after which a checkpoint that is in progress is given up. */
  public long getCheckpointTimeout() {
    return configuration.get(CheckpointingOptions.CHECKPOINTING_TIMEOUT).toMillis();
  }

  public void setCheckpointTimeout(long checkpointTimeout) {
    setMillis(CheckpointingOptions.CHECKPOINTING_TIMEOUT, checkpointTimeout);
  }

  /** Milliseconds from the end of a checkpoint to the start of the next, at least. */
  public long getMinPauseBetweenCheckpoints() {
    return configuration.get(CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS).toMillis();
  }

  public void setMinPauseBetweenCheckpoints(long minPauseBetweenCheckpoints) {
    setMillis(CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS, minPauseBetweenCheckpoints);
  }

  public int getMaxConcurrentCheckpoints() {
    return configuration.get(CheckpointingOptions.MAX_CONCURRENT_CHECKPOINTS);
  }

  public void setMaxConcurrentCheckpoints(int maxConcurrentCheckpoints) {
    configuration.set(CheckpointingOptions.MAX_CONCURRENT_CHECKPOINTS, maxConcurrentCheckpoints);
  }

  public int getTolerableCheckpointFailureNumber() {
    return configuration.get(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER);
  }

  /** Sets how many checkpoints may fail one after the other before the job does. */
  public void setTolerableCheckpointFailureNumber(int tolerableCheckpointFailureNumber) {
    configuration.set(
        CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, tolerableCheckpointFailureNumber);
  }

  public ExternalizedCheckpointRetention getExternalizedCheckpointRetention() {
    return configuration.get(CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION);
  }

  /** Sets what becomes of the checkpoints of a job that is cancelled. */
  public void setExternalizedCheckpointRetention(ExternalizedCheckpointRetention retention) {
    configuration.set(CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION, retention);
  }

  /** The same as {@link #setExternalizedCheckpointRetention}, by its name in Flink 1. */
  public void setExternalizedCheckpointCleanup(ExternalizedCheckpointCleanup cleanupMode) {
    setExternalizedCheckpointRetention(cleanupMode.retention);
  }

  /** The same as {@link #setExternalizedCheckpointRetention}, by its older name in Flink 1. */
  public void enableExternalizedCheckpoints(ExternalizedCheckpointCleanup cleanupMode) {
    setExternalizedCheckpointCleanup(cleanupMode);
  }

  public boolean isExternalizedCheckpointsEnabled() {
    return getExternalizedCheckpointRetention()
        != ExternalizedCheckpointRetention.NO_EXTERNALIZED_CHECKPOINTS;
  }

  public boolean isUnalignedCheckpointsEnabled() {
    return configuration.get(CheckpointingOptions.ENABLE_UNALIGNED);
  }

  /** Lets barriers overtake queued records, which then become part of the checkpoint. */
  public void enableUnalignedCheckpoints() {
    enableUnalignedCheckpoints(true);
  }

  public void enableUnalignedCheckpoints(boolean enabled) {
    configuration.set(CheckpointingOptions.ENABLE_UNALIGNED, enabled);
  }

  public boolean isUnalignedCheckpointsInterruptibleTimersEnabled() {
    return configuration.get(CheckpointingOptions.ENABLE_UNALIGNED_INTERRUPTIBLE_TIMERS);
  }

  public void enableUnalignedCheckpointsInterruptibleTimers(boolean enabled) {
    configuration.set(CheckpointingOptions.ENABLE_UNALIGNED_INTERRUPTIBLE_TIMERS, enabled);
  }

  public Duration getAlignedCheckpointTimeout() {
    return configuration.get(CheckpointingOptions.ALIGNED_CHECKPOINT_TIMEOUT);
  }

  /** Sets after what time an aligned checkpoint turns unaligned; 0 for at once. */
  public void setAlignedCheckpointTimeout(Duration alignedCheckpointTimeout) {
    configuration.set(CheckpointingOptions.ALIGNED_CHECKPOINT_TIMEOUT, alignedCheckpointTimeout);
  }

  public boolean isForceUnalignedCheckpoints() {
    return configuration.get(CheckpointingOptions.FORCE_UNALIGNED);
  }

  public void setForceUnalignedCheckpoints(boolean forceUnalignedCheckpoints) {
    configuration.set(CheckpointingOptions.FORCE_UNALIGNED, forceUnalignedCheckpoints);
  }

  public int getMaxSubtasksPerChannelStateFile() {
    return configuration.get(CheckpointingOptions.UNALIGNED_MAX_SUBTASKS_PER_CHANNEL_STATE_FILE);
  }

  public void setMaxSubtasksPerChannelStateFile(int maxSubtasksPerChannelStateFile) {
    configuration.set(
        CheckpointingOptions.UNALIGNED_MAX_SUBTASKS_PER_CHANNEL_STATE_FILE,
        maxSubtasksPerChannelStateFile);
  }

  public long getCheckpointIdOfIgnoredInFlightData() {
    return configuration.get(StateRecoveryOptions.CHECKPOINT_ID_OF_IGNORED_IN_FLIGHT_DATA);
  }

  /** As a last resort: drops the in-flight records of one checkpoint when it is restored. */
  public void setCheckpointIdOfIgnoredInFlightData(long checkpointIdOfIgnoredInFlightData) {
    configuration.set(
        StateRecoveryOptions.CHECKPOINT_ID_OF_IGNORED_IN_FLIGHT_DATA,
        checkpointIdOfIgnoredInFlightData);
  }

  public boolean isPauseSourcesUntilFirstCheckpoint() {
    return configuration.get(CheckpointingOptions.PAUSE_SOURCES_UNTIL_FIRST_CHECKPOINT);
  }

  public void setPauseSourcesUntilFirstCheckpoint(boolean pauseSources) {
    configuration.set(CheckpointingOptions.PAUSE_SOURCES_UNTIL_FIRST_CHECKPOINT, pauseSources);
  }

  /** The directory or URI of the checkpoints, null if the author sets none. */
  public String getCheckpointDirectory() {
    return configuration.get(CheckpointingOptions.CHECKPOINTS_DIRECTORY);
  }

  /** Sets the directory or URI below which the checkpoints go. */
  public void setCheckpointStorage(String checkpointDirectory) {
    configuration
        .set(CheckpointingOptions.CHECKPOINT_STORAGE, PATH_STORAGE)
        .set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpointDirectory);
  }

  /** Sets the URI below which the checkpoints go. */
  public void setCheckpointStorage(URI checkpointDirectory) {
    setCheckpointStorage(checkpointDirectory.toString());
  }

  private void setMillis(ConfigOption<Duration> option, long millis) {
    configuration.set(option, Duration.ofMillis(millis));
  }

  private long millisOr(ConfigOption<Duration> option, long otherwise) {
    return configuration.getOptional(option).map(Duration::toMillis).orElse(otherwise);
  }

  /** What becomes of the checkpoints of a job that is cancelled, by its name in Flink 1. */
  public enum ExternalizedCheckpointCleanup {
    DELETE_ON_CANCELLATION(ExternalizedCheckpointRetention.DELETE_ON_CANCELLATION),
    RETAIN_ON_CANCELLATION(ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION),
    NO_EXTERNALIZED_CHECKPOINTS(ExternalizedCheckpointRetention.NO_EXTERNALIZED_CHECKPOINTS);

    private final ExternalizedCheckpointRetention retention;

    ExternalizedCheckpointCleanup(ExternalizedCheckpointRetention retention) {
      this.retention = retention;
    }

    public boolean deleteOnCancellation() {
      return this == DELETE_ON_CANCELLATION;
    }
  }
}
