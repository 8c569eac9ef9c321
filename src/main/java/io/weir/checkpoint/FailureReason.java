package io.weir.checkpoint;

/** Why a checkpoint, or the request for one, came to nothing. */
public enum FailureReason {
  PERIODIC_SCHEDULER_SHUTDOWN(
      Stage.PREFLIGHT,
      false,
      "No more checkpoints are started because the job stops behind a savepoint."),
  TOO_MANY_CHECKPOINT_REQUESTS(
      Stage.PREFLIGHT,
      false,
      "Too many requests for checkpoints are waiting already; try again when some are done."),
  MINIMUM_TIME_BETWEEN_CHECKPOINTS(
      Stage.PREFLIGHT, false, "The pause since the last checkpoint is not over yet."),
  NOT_ALL_REQUIRED_TASKS_RUNNING(
      Stage.PREFLIGHT, false, "Not all tasks that have to take part are running."),
  IO_EXCEPTION(
      Stage.PREFLIGHT,
      true,
      "The place of the checkpoint could not be prepared on the checkpoint storage.",
      "Mend the checkpoint storage, or give the job another directory."),
  CATALOG_EXCEPTION(
      Stage.PREFLIGHT,
      true,
      "The start of the checkpoint could not be recorded in the catalog.",
      "Mend the catalog's database."),
  BLOCKING_OUTPUT_EXIST(
      Stage.PREFLIGHT,
      false,
      "The job has an output that is exchanged as a whole, which a barrier cannot pass."),

  CHECKPOINT_ASYNC_EXCEPTION(
      Stage.IN_FLIGHT,
      true,
      "A task could not write its state in the asynchronous part of the snapshot.",
      "Mend what the message names, mostly the checkpoint storage."),
  CHANNEL_STATE_SHARED_STREAM_EXCEPTION(
      Stage.IN_FLIGHT,
      false,
      "In-flight data could not be written because another subtask that shares the file failed."),
  CHECKPOINT_EXPIRED(
      Stage.IN_FLIGHT,
      true,
      "The checkpoint was not complete within its timeout.",
      "See what it waited for: a busy task or a slow checkpoint storage; or raise execution.checkpointing.timeout."),
  CHECKPOINT_SUBSUMED(Stage.IN_FLIGHT, false, "A newer checkpoint was completed first."),
  CHECKPOINT_DECLINED(
      Stage.IN_FLIGHT, true, "A task declined the checkpoint.", "See why it has declined."),
  CHECKPOINT_DECLINED_TASK_NOT_READY(
      Stage.IN_FLIGHT, false, "A task was not ready to take part yet."),
  CHECKPOINT_DECLINED_TASK_CLOSING(
      Stage.IN_FLIGHT, false, "A task finished before it had taken its snapshot."),
  CHECKPOINT_DECLINED_SUBSUMED(
      Stage.IN_FLIGHT, false, "A task met the barrier of a newer checkpoint first."),
  CHECKPOINT_DECLINED_ON_CANCELLATION_BARRIER(
      Stage.IN_FLIGHT, false, "A task in front of this one gave the checkpoint up."),
  CHECKPOINT_DECLINED_INPUT_END_OF_STREAM(
      Stage.IN_FLIGHT, false, "An input ended before it had delivered the barrier."),
  CHECKPOINT_COORDINATOR_SHUTDOWN(Stage.IN_FLIGHT, false, "The job has come to its end."),
  CHECKPOINT_COORDINATOR_SUSPEND(Stage.IN_FLIGHT, false, "The job was suspended."),
  JOB_FAILOVER_REGION(
      Stage.IN_FLIGHT, false, "Tasks failed, and all that are joined to them start again."),
  TASK_FAILURE(Stage.IN_FLIGHT, false, "A task failed before it had taken its snapshot."),
  TASK_CHECKPOINT_FAILURE(
      Stage.IN_FLIGHT, false, "A task failed in the synchronous part of its snapshot."),
  UNKNOWN_TASK_CHECKPOINT_NOTIFICATION_FAILURE(
      Stage.IN_FLIGHT, false, "A task could not be told about the checkpoint."),
  FINALIZE_CHECKPOINT_FAILURE(
      Stage.IN_FLIGHT,
      true,
      "The metadata of the checkpoint could not be written or recorded.",
      "Mend the checkpoint storage or the catalog's database, whichever the message names."),
  TRIGGER_CHECKPOINT_FAILURE(Stage.IN_FLIGHT, false, "The tasks could not be triggered.");

  private enum Stage {
    PREFLIGHT,
    IN_FLIGHT
  }

  private final Stage stage;
  private final boolean counted;
  private final String sentence;
  private final String remedy;

  FailureReason(Stage stage, boolean counted, String sentence) {
    this(stage, counted, sentence, "");
  }

  FailureReason(Stage stage, boolean counted, String sentence, String remedy) {
    this.stage = stage;
    this.counted = counted;
    this.sentence = sentence;
    this.remedy = remedy;
  }

  /** Whether it is noticed before any task takes part, so that no task is to blame. */
  public boolean isPreflight() {
    return stage == Stage.PREFLIGHT;
  }

  /** Whether it counts against the number of failed checkpoints that a job tolerates. */
  public boolean isCounted() {
    return counted;
  }

  /** For people: one sentence. */
  public String sentence() {
    return sentence;
  }

  /** What is known about a case, and what to do so that the next checkpoint is completed. */
  public String advise(String known) {
    if (remedy.isEmpty()) {
      return known;
    }
    // it may end with somebody else's message
    return known + (known.endsWith(".") ? " " : ". ") + remedy;
  }

  /** The sentence, and what is known about this very case. */
  public String explain(String detail) {
    return detail.isEmpty() ? sentence : sentence + " " + detail;
  }
}
