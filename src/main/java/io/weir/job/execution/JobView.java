package io.weir.job.execution;

import io.weir.api.environment.JobStatus;
import io.weir.config.Configuration;
import io.weir.engine.Task;
import io.weir.job.history.CheckpointRecord;
import io.weir.job.history.FailureRecord;
import io.weir.plan.JobPlan;
import io.weir.plan.TaskManagerId;
import io.weir.snapshot.JobId;
import io.weir.snapshot.TaskId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What can be seen of a job that this server runs or has run. An immutable picture, except that the
 * tasks' counters go on.
 *
 * @param statusSince when it entered each status the last time, milliseconds since the epoch
 * @param attempt -1 before the first
 * @param tasks of the present attempt, in the order of the plan
 * @param taskManagers where each of them runs
 * @param restoredCheckpointId what the present attempt was restored from
 * @param restoredMillis when
 * @param inProgress checkpoints in progress, oldest first
 * @param checkpointFailuresInARow how many checkpoints have failed since one was completed, of
 *     those that count against {@code tolerable-failed-checkpoints}
 * @param lastCompleted the checkpoint that was completed last here, or null
 * @param lastFailure what made the job fail last, or null
 * @param failedTasks the last ones, newest first
 */
public record JobView(
    JobId id,
    String name,
    JobPlan plan,
    Configuration configuration,
    JobStatus status,
    Map<JobStatus, Long> statusSince,
    long startMillis,
    long endMillis,
    int attempt,
    List<Task> tasks,
    Map<TaskId, TaskManagerId> taskManagers,
    OptionalLong restoredCheckpointId,
    String restoredPath,
    boolean isRestoredFromSavepoint,
    long restoredMillis,
    List<CheckpointRecord> inProgress,
    int checkpointFailuresInARow,
    CheckpointRecord lastCompleted,
    Throwable lastFailure,
    List<FailedTask> failedTasks) {

  /** Where a task ran that has failed. */
  public record FailedTask(String taskName, int attempt, TaskManagerId taskManager) {}

  public JobView {
    statusSince = Map.copyOf(statusSince);
    tasks = List.copyOf(tasks);
    inProgress = List.copyOf(inProgress);
    failedTasks = List.copyOf(failedTasks);
  }

  /** Where the task ran whose failure this is, if this server has run it lately. */
  public Optional<TaskManagerId> taskManagerOf(FailureRecord failure) {
    return failedTasks.stream()
        .filter(
            task ->
                task.taskName().equals(failure.taskName()) && task.attempt() == failure.attempt())
        .map(FailedTask::taskManager)
        .findFirst();
  }
}
