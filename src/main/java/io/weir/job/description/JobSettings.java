package io.weir.job.description;

import io.weir.barrier.AlignmentMode;
import io.weir.barrier.CheckpointOptions;
import io.weir.checkpoint.CheckpointSettings;
import io.weir.checkpoint.SavepointPolicy;
import io.weir.checkpoint.inflight.DebloatSettings;
import io.weir.config.CheckpointingMode;
import io.weir.config.CheckpointingOptions;
import io.weir.config.ConfigOption;
import io.weir.config.Configuration;
import io.weir.config.DamagedCheckpoint;
import io.weir.config.ExternalizedCheckpointRetention;
import io.weir.config.IllegalConfigurationException;
import io.weir.config.JobManagerOptions;
import io.weir.config.PipelineOptions;
import io.weir.config.RecoveryClaimMode;
import io.weir.config.SavepointOptions;
import io.weir.config.StartFrom;
import io.weir.config.StateBackendOptions;
import io.weir.config.StateRecoveryOptions;
import io.weir.config.StateTrackingOptions;
import io.weir.config.TaskManagerOptions;
import io.weir.config.ThreadPer;
import io.weir.engine.TaskSettings;
import io.weir.engine.operator.StateTracking;
import io.weir.restart.RestartStrategy;
import io.weir.snapshot.CheckpointType;
import io.weir.storage.CheckpointStorageSettings;
import io.weir.storage.FileMerging;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a job's effective configuration says, read once and checked.
 *
 * @param ordinary how the barriers of an ordinary checkpoint are handled
 * @param restartsRegions whether a failure restarts only what is joined to the failed task
 * @param threadPer which tasks have a thread together
 * @param savepointDirectory where savepoints go for which nobody says it
 * @param savepointPolicy when the job takes savepoints by itself
 * @param startFrom with what a new run begins
 * @param restorePath a snapshot of another job or place to begin with
 * @param claimMode who owns that
 * @param restoredWithoutInFlight the checkpoint whose records in flight are left out
 * @param damagedCheckpoint whether two-phase sinks may repeat what they have committed
 */
public record JobSettings(
    Configuration configuration,
    CheckpointSettings checkpoints,
    AlignmentMode alignment,
    CheckpointOptions ordinary,
    ExternalizedCheckpointRetention retention,
    CheckpointStorageSettings storage,
    Optional<String> savepointDirectory,
    Optional<SavepointPolicy> savepointPolicy,
    String stateBackend,
    RestartStrategy restart,
    boolean restartsRegions,
    ThreadPer threadPer,
    long autoWatermarkIntervalMillis,
    boolean objectReuse,
    Optional<DebloatSettings> debloat,
    StartFrom startFrom,
    Optional<String> restorePath,
    RecoveryClaimMode claimMode,
    boolean allowNonRestoredState,
    OptionalLong restoredWithoutInFlight,
    DamagedCheckpoint damagedCheckpoint) {

  /**
   * Reads the settings.
   *
   * @param configuration names the directory of the checkpoints
   * @throws io.weir.config.IllegalConfigurationException if a value is not allowed
   */
  public static JobSettings of(Configuration configuration) {
    CheckpointSettings checkpoints = checkpoints(configuration);
    return new JobSettings(
        configuration,
        checkpoints,
        isAtLeastOnce(configuration) ? AlignmentMode.AT_LEAST_ONCE : AlignmentMode.EXACTLY_ONCE,
        ordinary(configuration),
        configuration.get(CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION),
        storage(configuration),
        configuration.getOptional(CheckpointingOptions.SAVEPOINT_DIRECTORY),
        savepointPolicy(configuration),
        configuration.get(StateBackendOptions.STATE_BACKEND),
        ConfiguredRestart.of(configuration, checkpoints.intervalMillis() > 0),
        configuration.get(JobManagerOptions.EXECUTION_FAILOVER_STRATEGY).equals("region"),
        configuration.get(TaskManagerOptions.THREAD_PER),
        configuration.get(PipelineOptions.AUTO_WATERMARK_INTERVAL).toMillis(),
        configuration.get(PipelineOptions.OBJECT_REUSE),
        debloat(configuration),
        configuration.get(StateRecoveryOptions.START_FROM),
        configuration.getOptional(StateRecoveryOptions.SAVEPOINT_PATH),
        configuration.get(StateRecoveryOptions.RESTORE_MODE),
        configuration.get(StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE),
        restoredWithoutInFlight(configuration),
        configuration.get(StateRecoveryOptions.DAMAGED_CHECKPOINT));
  }

  private static OptionalLong restoredWithoutInFlight(Configuration configuration) {
    long id = configuration.get(StateRecoveryOptions.CHECKPOINT_ID_OF_IGNORED_IN_FLIGHT_DATA);
    return id < 0 ? OptionalLong.empty() : OptionalLong.of(id);
  }

  private static Optional<DebloatSettings> debloat(Configuration configuration) {
    return configuration.get(TaskManagerOptions.BUFFER_DEBLOAT_ENABLED)
        ? Optional.of(
            new DebloatSettings(
                configuration.get(TaskManagerOptions.BUFFER_DEBLOAT_TARGET).toMillis(),
                configuration.get(TaskManagerOptions.BUFFER_DEBLOAT_PERIOD).toMillis(),
                configuration.get(TaskManagerOptions.BUFFER_DEBLOAT_SAMPLES),
                configuration.get(TaskManagerOptions.BUFFER_DEBLOAT_THRESHOLD_PERCENTAGES)))
        : Optional.empty();
  }

  private static Optional<SavepointPolicy> savepointPolicy(Configuration configuration) {
    return configuration
        .getOptional(SavepointOptions.SCHEDULE)
        .map(
            schedule ->
                new SavepointPolicy(
                    schedule,
                    configuration.get(SavepointOptions.TIME_ZONE),
                    configuration.get(SavepointOptions.RETAINED),
                    configuration.get(SavepointOptions.RETAIN_FOR).toMillis()));
  }

  private static boolean isAtLeastOnce(Configuration configuration) {
    return configuration.get(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE)
        == CheckpointingMode.AT_LEAST_ONCE;
  }

  private static CheckpointOptions ordinary(Configuration configuration) {
    if (isAtLeastOnce(configuration)) {
      return new CheckpointOptions(
          CheckpointType.CHECKPOINT, CheckpointOptions.Alignment.AT_LEAST_ONCE);
    }
    if (!configuration.get(CheckpointingOptions.ENABLE_UNALIGNED)) {
      return CheckpointOptions.alignedCheckpoint();
    }
    long timeout = configuration.get(CheckpointingOptions.ALIGNED_CHECKPOINT_TIMEOUT).toMillis();
    return timeout == 0
        ? new CheckpointOptions(CheckpointType.CHECKPOINT, CheckpointOptions.Alignment.UNALIGNED)
        : new CheckpointOptions(
            CheckpointType.CHECKPOINT, CheckpointOptions.Alignment.ALIGNED, timeout);
  }

  /**
   * How the barriers of a checkpoint are handled. What the job may stop with holds no records in
   * flight. And no barrier overtakes that of another checkpoint, which would end that one.
   *
   * @param isAlone whether no other checkpoint is in progress
   */
  public CheckpointOptions optionsOf(CheckpointType type, boolean isAlone) {
    boolean staysAligned = type.isAlwaysAligned() || (ordinary.mayOvertake() && !isAlone);
    return staysAligned
        ? new CheckpointOptions(type, CheckpointOptions.Alignment.ALIGNED)
        : new CheckpointOptions(type, ordinary.alignment(), ordinary.alignedTimeoutMillis());
  }

  public boolean checkpointingEnabled() {
    return checkpoints.intervalMillis() > 0;
  }

  /** Whether the state backend reads the files of a database. */
  public boolean readsDatabases() {
    return stateBackend.equals("rocksdb");
  }

  public TaskSettings tasks(long seed) {
    return new TaskSettings(
        alignment,
        checkpointingEnabled(),
        autoWatermarkIntervalMillis,
        objectReuse,
        debloat,
        stateTracking(configuration),
        seed);
  }

  private static StateTracking stateTracking(Configuration configuration) {
    return new StateTracking(
        sampling(
            configuration,
            StateTrackingOptions.LATENCY_TRACK_ENABLED,
            StateTrackingOptions.LATENCY_TRACK_SAMPLE_INTERVAL,
            StateTrackingOptions.LATENCY_TRACK_HISTORY_SIZE),
        sampling(
            configuration,
            StateTrackingOptions.SIZE_TRACK_ENABLED,
            StateTrackingOptions.SIZE_TRACK_SAMPLE_INTERVAL,
            StateTrackingOptions.SIZE_TRACK_HISTORY_SIZE));
  }

  private static Optional<StateTracking.Sampling> sampling(
      Configuration configuration,
      ConfigOption<Boolean> enabled,
      ConfigOption<Integer> interval,
      ConfigOption<Integer> history) {
    return configuration.get(enabled)
        ? Optional.of(
            new StateTracking.Sampling(configuration.get(interval), configuration.get(history)))
        : Optional.empty();
  }

  private static CheckpointSettings checkpoints(Configuration configuration) {
    long interval =
        configuration
            .getOptional(CheckpointingOptions.CHECKPOINTING_INTERVAL)
            .map(Duration::toMillis)
            .orElse(0L);
    OptionalLong duringBacklog =
        configuration
            .getOptional(CheckpointingOptions.CHECKPOINTING_INTERVAL_DURING_BACKLOG)
            .map(duration -> OptionalLong.of(duration.toMillis()))
            .orElse(OptionalLong.empty());
    long minPause =
        configuration.get(CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS).toMillis();
    return new CheckpointSettings(
        interval,
        duringBacklog,
        interval,
        configuration.get(CheckpointingOptions.CHECKPOINTING_TIMEOUT).toMillis(),
        minPause,
        configuration.get(CheckpointingOptions.MAX_CONCURRENT_CHECKPOINTS),
        configuration.get(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER),
        configuration.get(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS),
        configuration.get(CheckpointingOptions.RETAIN_CHECKPOINTS_FOR).toMillis(),
        configuration.get(CheckpointingOptions.ENABLE_CHECKPOINTS_AFTER_TASKS_FINISH));
  }

  /** The directories of the second copies of state; empty if there are to be none. */
  public List<String> localBackupDirectories() {
    if (!configuration.get(CheckpointingOptions.LOCAL_BACKUP_ENABLED)) {
      return List.of();
    }
    return configuration
        .getOptional(CheckpointingOptions.LOCAL_BACKUP_DIRS)
        .filter(directories -> !directories.isEmpty())
        .orElseThrow(
            () ->
                new IllegalConfigurationException(
                    CheckpointingOptions.LOCAL_BACKUP_ENABLED.key()
                        + " needs a directory on a local disk; set "
                        + CheckpointingOptions.LOCAL_BACKUP_DIRS.key()));
  }

  private static CheckpointStorageSettings storage(Configuration configuration) {
    return new CheckpointStorageSettings(
        configuration.getOptional(CheckpointingOptions.CHECKPOINTS_DIRECTORY).orElseThrow(),
        configuration.get(CheckpointingOptions.CREATE_CHECKPOINT_SUB_DIR),
        (int) configuration.get(CheckpointingOptions.FS_SMALL_FILE_THRESHOLD).getBytes(),
        Math.max(
            CheckpointStorageSettings.DEFAULT_WRITE_BUFFER_BYTES,
            configuration.get(CheckpointingOptions.FS_WRITE_BUFFER_SIZE)),
        new FileMerging(
            configuration.get(CheckpointingOptions.FILE_MERGING_ENABLED),
            configuration.get(CheckpointingOptions.FILE_MERGING_MAX_FILE_SIZE).getBytes(),
            configuration.get(CheckpointingOptions.FILE_MERGING_MAX_SPACE_AMPLIFICATION),
            configuration.get(CheckpointingOptions.FILE_MERGING_POOL_BLOCKING),
            configuration.get(CheckpointingOptions.FILE_MERGING_MAX_SUBTASKS_PER_FILE)));
  }
}
