package io.weir.job.execution;

import io.weir.api.environment.JobStatus;
import io.weir.engine.Clock;
import io.weir.engine.Task;
import io.weir.job.description.JobDescription;
import io.weir.job.history.CheckpointRecord;
import io.weir.job.recovery.JobStart;
import io.weir.plan.TaskManagerId;
import io.weir.restore.RestorePoint;
import io.weir.snapshot.SnapshotKind;
import io.weir.snapshot.TaskId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Keeps the picture of a job that others see. Changed by the job's actor alone; {@link #view()} may
 * be called from any thread.
 */
public final class JobProgress {
  /** More than are shown. */
  private static final int MAX_FAILED_TASKS = 100;

  private final JobDescription job;
  private final Clock clock;
  private final Map<JobStatus, Long> statusSince = new EnumMap<>(JobStatus.class);
  private final long startMillis;
  private JobStatus status = JobStatus.CREATED;
  private long endMillis = -1;
  private int attempt = -1;
  private List<Task> tasks = List.of();
  private Map<TaskId, TaskManagerId> taskManagers = Map.of();
  private OptionalLong restoredCheckpointId = OptionalLong.empty();
  private RestorePoint restored;
  private long restoredMillis = -1;
  private List<CheckpointRecord> inProgress = List.of();
  private int failuresInARow;
  private CheckpointRecord lastCompleted;
  private Throwable lastFailure;
  private final Deque<JobView.FailedTask> failedTasks = new ArrayDeque<>();

  /** Written by the job's actor, read by all. */
  private volatile JobView view;

  public JobProgress(JobDescription job, Clock clock) {
    this.job = job;
    this.clock = clock;
    this.startMillis = clock.nowMillis();
    status(JobStatus.CREATED);
  }

  public JobView view() {
    return view;
  }

  public int attempt() {
    return attempt;
  }

  public void status(JobStatus entered) {
    long now = clock.nowMillis();
    status = entered;
    statusSince.put(entered, now);
    endMillis = entered.isTerminalState() ? now : -1;
    publish();
  }

  public void attemptStarted(AttemptRun run, JobStart.Prepared prepared) {
    attempt = run.attempt();
    tasks = new ArrayList<>(run.tasks());
    taskManagers = Map.copyOf(run.taskManagers());
    restoredCheckpointId = prepared.restored().state().checkpointId();
    restored = prepared.restored().point();
    restoredMillis = restored == null ? -1 : clock.nowMillis();
    publish();
  }

  public void checkpoints(List<CheckpointRecord> present, int failures) {
    if (!present.isEmpty() || !inProgress.isEmpty() || failures != failuresInARow) {
      inProgress = present;
      failuresInARow = failures;
      publish();
    }
  }

  public void completed(CheckpointRecord checkpoint) {
    lastCompleted = checkpoint;
    publish();
  }

  public void failure(Throwable cause) {
    lastFailure = cause;
    publish();
  }

  /** A task has failed. */
  public void failure(Throwable cause, Task task, TaskManagerId taskManager) {
    failedTasks.addFirst(
        new JobView.FailedTask(task.name(), task.attempt().attempt(), taskManager));
    if (failedTasks.size() > MAX_FAILED_TASKS) {
      failedTasks.removeLast();
    }
    failure(cause);
  }

  private void publish() {
    view =
        new JobView(
            job.id(),
            job.name(),
            job.plan(),
            job.configuration(),
            status,
            statusSince,
            startMillis,
            endMillis,
            attempt,
            tasks,
            taskManagers,
            restoredCheckpointId,
            restored == null ? null : restored.path(),
            restored != null && restored.kind() == SnapshotKind.SAVEPOINT,
            restoredMillis,
            inProgress,
            failuresInARow,
            lastCompleted,
            lastFailure,
            new ArrayList<>(failedTasks));
  }
}
