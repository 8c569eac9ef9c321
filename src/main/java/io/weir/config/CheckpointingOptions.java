package io.weir.config;

import java.time.Duration;
import java.util.List;

/** {@code execution.checkpointing.*}: when checkpoints are taken, how, and where they go. */
public final class CheckpointingOptions {
  private static final String PREFIX = "execution.checkpointing.";

  private CheckpointingOptions() {}

  public static final ConfigOption<Duration> CHECKPOINTING_INTERVAL =
      ConfigOptions.key(PREFIX + "interval")
          .durationType()
          .noDefaultValue()
          .withLimit(
              interval -> interval.compareTo(Duration.ofMillis(10)) >= 0,
              "a duration of at least 10 ms")
          .withDescription(
              "Time from the start of one periodic checkpoint to the start of the next; without it,"
                  + " no periodic checkpoints are taken.");

  public static final ConfigOption<Duration> CHECKPOINTING_INTERVAL_DURING_BACKLOG =
      ConfigOptions.key(PREFIX + "interval-during-backlog")
          .durationType()
          .noDefaultValue()
          .withDescription(
              "Used instead of the interval while a source says that it works off a backlog; 0"
                  + " means no checkpoints then, otherwise it must not be shorter than the"
                  + " interval.");

  public static final ConfigOption<CheckpointingMode> CHECKPOINTING_CONSISTENCY_MODE =
      ConfigOptions.key(PREFIX + "mode")
          .enumType(CheckpointingMode.class)
          .defaultValue(CheckpointingMode.EXACTLY_ONCE)
          .withDescription("Whether a record counts exactly once or at least once in the state.");

  public static final ConfigOption<Duration> CHECKPOINTING_TIMEOUT =
      ConfigOptions.key(PREFIX + "timeout")
          .durationType()
          .defaultValue(Duration.ofMinutes(10))
          .withLimit(
              timeout -> timeout.compareTo(Duration.ofMillis(10)) >= 0,
              "a duration of at least 10 ms")
          .withDescription("A checkpoint that takes longer is aborted, which counts as a failure.");

  public static final ConfigOption<Duration> MIN_PAUSE_BETWEEN_CHECKPOINTS =
      ConfigOptions.key(PREFIX + "min-pause")
          .durationType()
          .defaultValue(Duration.ZERO)
          .withDescription(
              "Least time from the end of one checkpoint to the start of the next; above 0 it also"
                  + " limits the concurrent checkpoints to 1.");

  public static final ConfigOption<Integer> MAX_CONCURRENT_CHECKPOINTS =
      ConfigOptions.key(PREFIX + "max-concurrent-checkpoints")
          .intType()
          .defaultValue(1)
          .withLimit(count -> count >= 1, "a whole number of at least 1")
          .withDescription(
              "Checkpoints that may be in progress at once; unaligned checkpoints need 1.");

  public static final ConfigOption<Integer> TOLERABLE_FAILURE_NUMBER =
      ConfigOptions.key(PREFIX + "tolerable-failed-checkpoints")
          .intType()
          .defaultValue(0)
          .withLimit(count -> count >= 0, "a whole number of at least 0")
          .withDescription("Checkpoints that may fail one after the other before the job fails.");

  public static final ConfigOption<String> CHECKPOINT_STORAGE =
      ConfigOptions.key(PREFIX + "storage")
          .oneOf("jobmanager", "filesystem")
          .noDefaultValue()
          .withFallbackKeys("state.checkpoint-storage")
          .withDescription(
              "filesystem writes to the checkpoint directory; jobmanager keeps checkpoints in"
                  + " memory, where they do not survive the server; unset means filesystem if there"
                  + " is a checkpoint directory.");

  public static final ConfigOption<String> CHECKPOINTS_DIRECTORY =
      ConfigOptions.key(PREFIX + "dir")
          .stringType()
          .noDefaultValue()
          .withFallbackKeys("state.checkpoints.dir", "state.backend.fs.checkpointdir")
          .withDescription(
              "Root directory or URI of the checkpoints; below it stand <job-id>/chk-<n>/_metadata"
                  + " and <job-id>/shared.");

  public static final ConfigOption<Boolean> CREATE_CHECKPOINT_SUB_DIR =
      ConfigOptions.key(PREFIX + "create-subdir")
          .booleanType()
          .defaultValue(true)
          .withDescription(
              "Whether each job gets a directory <job-id> below the checkpoint directory; false"
                  + " only where no other job uses it.");

  public static final ConfigOption<String> SAVEPOINT_DIRECTORY =
      ConfigOptions.key(PREFIX + "savepoint-dir")
          .stringType()
          .noDefaultValue()
          .withFallbackKeys("state.savepoints.dir", "savepoints.state.backend.fs.dir")
          .withDescription("Where a savepoint goes that is requested without a target directory.");

  public static final ConfigOption<Integer> MAX_RETAINED_CHECKPOINTS =
      ConfigOptions.key(PREFIX + "num-retained")
          .intType()
          .defaultValue(3)
          .withFallbackKeys("state.checkpoints.num-retained")
          .withLimit(count -> count >= 1, "a whole number of at least 1")
          .withDescription(
              "Completed checkpoints that are kept. Flink keeps 1; with 3, a damaged newest"
                  + " checkpoint does not end the job.");

  public static final ConfigOption<Duration> RETAIN_CHECKPOINTS_FOR =
      ConfigOptions.key("weir.checkpoints.retain-for")
          .durationType()
          .defaultValue(Duration.ZERO)
          .withDescription(
              "How long each completed checkpoint is kept at least, also beyond the number to retain;"
                  + " 0 if only the number counts.");

  public static final ConfigOption<ExternalizedCheckpointRetention>
      EXTERNALIZED_CHECKPOINT_RETENTION =
          ConfigOptions.key(PREFIX + "externalized-checkpoint-retention")
              .enumType(ExternalizedCheckpointRetention.class)
              .defaultValue(ExternalizedCheckpointRetention.NO_EXTERNALIZED_CHECKPOINTS)
              .withDescription(
                  "What becomes of the retained checkpoints of a job that is cancelled:"
                      + " RETAIN_ON_CANCELLATION keeps them, the others delete them. A job that has"
                      + " failed or is suspended always keeps them, to go on from there; one that has"
                      + " finished never does.");

  public static final ConfigOption<Boolean> INCREMENTAL_CHECKPOINTS =
      ConfigOptions.key(PREFIX + "incremental")
          .booleanType()
          .defaultValue(false)
          .withFallbackKeys("state.backend.incremental")
          .withDescription(
              "Whether a RocksDB checkpoint uploads only files that earlier ones did not.");

  public static final ConfigOption<MemorySize> FS_SMALL_FILE_THRESHOLD =
      ConfigOptions.key(PREFIX + "data-inline-threshold")
          .memoryType()
          .defaultValue(MemorySize.ofKibiBytes(20))
          .withFallbackKeys(
              "state.storage.fs.memory-threshold", "state.backend.fs.memory-threshold")
          .withLimit(
              size -> size.compareTo(MemorySize.ofMebiBytes(1)) <= 0, "a size of at most 1 mb")
          .withDescription("Smaller pieces of state stand in _metadata instead of a file.");

  public static final ConfigOption<Integer> FS_WRITE_BUFFER_SIZE =
      ConfigOptions.key(PREFIX + "write-buffer-size")
          .intType()
          .defaultValue(4096)
          .withFallbackKeys("state.storage.fs.write-buffer-size")
          .withLimit(bytes -> bytes >= 1, "a whole number of at least 1")
          .withDescription(
              "Bytes of the buffer of a stream to checkpoint storage; at least as large as the"
                  + " inline threshold in effect.");

  public static final ConfigOption<Boolean> CLEANER_PARALLEL_MODE =
      ConfigOptions.key(PREFIX + "cleaner.parallel-mode")
          .booleanType()
          .defaultValue(true)
          .withDescription("Whether the files of a discarded checkpoint are deleted in parallel.");

  public static final ConfigOption<Boolean> ENABLE_UNALIGNED =
      ConfigOptions.key(PREFIX + "unaligned.enabled")
          .booleanType()
          .defaultValue(false)
          .withFallbackKeys(PREFIX + "unaligned")
          .withDescription(
              "Whether barriers overtake queued records, which then become part of the checkpoint;"
                  + " needs EXACTLY_ONCE and one checkpoint at a time.");

  public static final ConfigOption<Duration> ALIGNED_CHECKPOINT_TIMEOUT =
      ConfigOptions.key(PREFIX + "aligned-checkpoint-timeout")
          .durationType()
          .defaultValue(Duration.ZERO)
          .withFallbackKeys(PREFIX + "alignment-timeout")
          .withDescription(
              "An unaligned checkpoint starts aligned and turns unaligned after this time; 0 means"
                  + " unaligned from its start.");

  public static final ConfigOption<Boolean> FORCE_UNALIGNED =
      ConfigOptions.key(PREFIX + "unaligned.forced")
          .booleanType()
          .defaultValue(false)
          .withFallbackKeys(PREFIX + "force-unaligned")
          .withDescription("Whether custom partitioners, too, take part in unaligned checkpoints.");

  public static final ConfigOption<Integer> UNALIGNED_MAX_SUBTASKS_PER_CHANNEL_STATE_FILE =
      ConfigOptions.key(PREFIX + "unaligned.max-subtasks-per-channel-state-file")
          .intType()
          .defaultValue(5)
          .withFallbackKeys(PREFIX + "max-subtasks-per-channel-state-file")
          .withLimit(count -> count >= 1, "a whole number of at least 1")
          .withDescription("Subtasks that write their channel state into one file.")
          .withoutEffect(
              "Each subtask writes one file of channel state; a small one stands in _metadata.");

  public static final ConfigOption<Boolean> ENABLE_UNALIGNED_INTERRUPTIBLE_TIMERS =
      ConfigOptions.key(PREFIX + "unaligned.interruptible-timers.enabled")
          .booleanType()
          .defaultValue(true)
          .withDescription("Whether a barrier may pass in the middle of a burst of firing timers.")
          .withoutEffect("A burst of firing timers is always interruptible in Weir.");

  public static final ConfigOption<Boolean> UNALIGNED_RECOVER_OUTPUT_ON_DOWNSTREAM =
      ConfigOptions.key(PREFIX + "unaligned.recover-output-on-downstream.enabled")
          .booleanType()
          .defaultValue(true)
          .withDescription("Whether restored output goes straight to the task that consumes it.")
          .withoutEffect("Weir captures in-flight records where they are consumed.");

  public static final ConfigOption<Boolean> ENABLE_CHECKPOINTS_AFTER_TASKS_FINISH =
      ConfigOptions.key(PREFIX + "checkpoints-after-tasks-finish")
          .booleanType()
          .defaultValue(true)
          .withFallbackKeys(PREFIX + "checkpoints-after-tasks-finish.enabled")
          .withDescription("Whether checkpoints go on when some tasks have finished.");

  public static final ConfigOption<Boolean> PAUSE_SOURCES_UNTIL_FIRST_CHECKPOINT =
      ConfigOptions.key("pipeline.sources.pause-until-first-checkpoint")
          .booleanType()
          .defaultValue(false)
          .withDescription(
              "Whether sources wait for the first checkpoint, so that restored in-flight records"
                  + " are worked off first.");

  public static final ConfigOption<Boolean> LOCAL_BACKUP_ENABLED =
      ConfigOptions.key(PREFIX + "local-backup.enabled")
          .booleanType()
          .defaultValue(false)
          .withDescription(
              "Whether a second copy of each state file of the newest checkpoint is kept on a local"
                  + " disk. A restore reads it instead of checkpoint storage when its checksum is"
                  + " right.");

  public static final ConfigOption<List<String>> LOCAL_BACKUP_DIRS =
      ConfigOptions.key(PREFIX + "local-backup.dirs")
          .stringType()
          .asList()
          .noDefaultValue()
          .withFallbackKeys("taskmanager.state.local.root-dirs")
          .withDescription(
              "Where the second copies go: directories on local disks, over which they are spread."
                  + " Where nothing is configured: local-state in the server's data directory.");

  public static final ConfigOption<Boolean> FILE_MERGING_ENABLED =
      ConfigOptions.key(PREFIX + "file-merging.enabled")
          .booleanType()
          .defaultValue(false)
          .withDescription(
              "Whether the small state files of one checkpoint become parts of fewer files. Savepoints"
                  + " are not merged.");

  public static final ConfigOption<MemorySize> FILE_MERGING_MAX_FILE_SIZE =
      ConfigOptions.key(PREFIX + "file-merging.max-file-size")
          .memoryType()
          .defaultValue(MemorySize.ofMebiBytes(32))
          .withLimit(size -> size.getBytes() >= 1, "at least 1 byte")
          .withDescription(
              "A merged file of this size gets no further piece of state; a file of a database that"
                  + " is as large is not merged.");

  public static final ConfigOption<Integer> FILE_MERGING_MAX_SUBTASKS_PER_FILE =
      ConfigOptions.key(PREFIX + "file-merging.max-subtasks-per-file")
          .intType()
          .defaultValue(4)
          .withLimit(subtasks -> subtasks >= 1, "a whole number of at least 1")
          .withDescription(
              "How many subtasks share one merged file while they write, if pool-blocking is set;"
                  + " without it as many files are open as subtasks write at the same time.");

  public static final ConfigOption<Boolean> FILE_MERGING_POOL_BLOCKING =
      ConfigOptions.key(PREFIX + "file-merging.pool-blocking")
          .booleanType()
          .defaultValue(false)
          .withDescription(
              "Whether a subtask that writes state waits for a merged file that another one is"
                  + " writing to, rather than begin one more.");

  public static final ConfigOption<Boolean> FILE_MERGING_ACROSS_BOUNDARY =
      ConfigOptions.key(PREFIX + "file-merging.across-checkpoint-boundary")
          .booleanType()
          .defaultValue(false)
          .withDescription("Whether a merged file may hold state of several checkpoints.")
          .withoutEffect(
              "Every file of a checkpoint is complete and durable before the checkpoint is, on every"
                  + " storage, so no later one adds to it.");

  public static final ConfigOption<Double> FILE_MERGING_MAX_SPACE_AMPLIFICATION =
      ConfigOptions.key(PREFIX + "file-merging.max-space-amplification")
          .doubleType()
          .defaultValue(2.0)
          .withDescription(
              "How many times the bytes in use a merged file may have that several checkpoints share."
                  + " Beyond that, the next checkpoint writes what it needs of it anew. Less than 1:"
                  + " as many as it likes.");
}
