package io.weir.job;

import io.weir.api.environment.JobStatus;
import io.weir.config.Configuration;
import io.weir.engine.Task;
import io.weir.job.history.CheckpointRecord;
import io.weir.plan.JobPlan;
import io.weir.snapshot.JobId;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What can be seen of a job that this server runs or has run. An immutable picture, except that the
 * tasks' counters go on.
 *
 * @param statusSince when it entered each status the last time, milliseconds since the epoch
 * @param attempt -1 before the first
 * @param tasks of the present attempt, in the order of the plan
 * @param restoredCheckpointId what the present attempt was restored from
 * @param restoredMillis when
 * @param inProgress checkpoints in progress, oldest first
 * @param checkpointFailuresInARow how many checkpoints have failed since one was completed, of
 *     those that count against {@code tolerable-failed-checkpoints}
 * @param lastCompleted the checkpoint that was completed last here, or null
 * @param lastFailure what made the job fail last, or null
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
    OptionalLong restoredCheckpointId,
    String restoredPath,
    boolean isRestoredFromSavepoint,
    long restoredMillis,
    List<CheckpointRecord> inProgress,
    int checkpointFailuresInARow,
    CheckpointRecord lastCompleted,
    Throwable lastFailure) {
  public JobView {
    statusSince = Map.copyOf(statusSince);
    tasks = List.copyOf(tasks);
    inProgress = List.copyOf(inProgress);
  }
}
