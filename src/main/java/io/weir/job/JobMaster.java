package io.weir.job;

import io.weir.api.environment.JobStatus;
import io.weir.job.checkpoints.RequestedSavepoint;
import io.weir.job.checkpoints.TakenCheckpoint;
import io.weir.job.description.JobDescription;
import io.weir.job.description.JobSettings;
import io.weir.job.execution.JobProgress;
import io.weir.job.execution.JobView;
import io.weir.job.execution.TaskManagerLostException;
import io.weir.job.execution.TaskManagers;
import io.weir.job.surroundings.Actor;
import io.weir.job.surroundings.JobSurroundings;
import io.weir.job.surroundings.MainThread;
import io.weir.plan.TaskManagerId;
import io.weir.snapshot.CheckpointType;
import io.weir.storage.CheckpointStorage;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one job: the door through which it is asked for something and seen. The methods may be
 * called from any thread; what they start happens on the job's actor.
 */
final class JobMaster {
  private static final Logger LOG = LoggerFactory.getLogger(JobMaster.class);

  private final JobDescription job;
  private final JobSettings settings;
  private final Actor actor;
  private final JobProgress progress;
  private final Scheduler scheduler;
  private final CompletableFuture<JobStatus> ended = new CompletableFuture<>();

  /**
   * @param taskManagers in which the job has its slots
   */
  JobMaster(
      JobDescription job,
      JobSurroundings surroundings,
      CheckpointStorage storage,
      TaskManagers taskManagers) {
    this.job = job;
    this.settings = JobSettings.of(job.configuration());
    this.actor = new Actor(surroundings.actors(), this::onBug);
    this.progress = new JobProgress(job, surroundings.clock());
    this.scheduler =
        new Scheduler(
            job,
            settings,
            surroundings,
            storage,
            taskManagers,
            new MainThread(actor, surroundings.timers(), surroundings.clock()),
            progress,
            ended);
  }

  JobDescription job() {
    return job;
  }

  JobSettings settings() {
    return settings;
  }

  /** What can be seen of the job from outside. */
  JobView view() {
    return progress.view();
  }

  /** Completed when the job has ended or is suspended. */
  CompletableFuture<JobStatus> ended() {
    return ended;
  }

  void start() {
    actor.tell(scheduler::start);
  }

  /** A task manager is lost, in whose slots the job may have tasks. */
  void taskManagerLost(TaskManagerId lost, TaskManagerLostException why) {
    actor.tell(() -> scheduler.taskManagerLost(lost, why));
  }

  /** Stops the job for good. */
  void cancel() {
    actor.tell(scheduler::cancel);
  }

  /**
   * Stops the job so that it can be resumed, with a last checkpoint if it takes any.
   *
   * @param why for the journal
   * @param untilNextStart whether the job is to go on by itself when the server starts the next
   *     time
   */
  void suspend(String why, boolean untilNextStart) {
    actor.tell(() -> scheduler.suspension().begin(why, untilNextStart));
  }

  /**
   * Takes a checkpoint or savepoint now, behind which the job goes on.
   *
   * @param savepoint null for a checkpoint
   */
  CompletableFuture<TakenCheckpoint> checkpoint(CheckpointType type, RequestedSavepoint savepoint) {
    CompletableFuture<TakenCheckpoint> answer = new CompletableFuture<>();
    actor.tell(() -> scheduler.checkpoint(type, savepoint, answer));
    return answer;
  }

  /**
   * Keeps a completed checkpoint of the job until {@link #unpin}.
   *
   * @return whether it is there, and not being removed
   */
  CompletableFuture<Boolean> pin(long checkpointId) {
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    actor.tell(() -> answer.complete(scheduler.pin(checkpointId)));
    return answer;
  }

  /** Treats a checkpoint like any other again: it may be removed at once. */
  void unpin(long checkpointId) {
    actor.tell(() -> scheduler.unpin(checkpointId));
  }

  /**
   * Takes a savepoint behind which the job ends.
   *
   * @param type a synchronous one
   * @return the path of the savepoint when the job has finished; fails with the reason if the job
   *     goes on
   */
  CompletableFuture<String> stopWithSavepoint(CheckpointType type, RequestedSavepoint savepoint) {
    CompletableFuture<String> answer = new CompletableFuture<>();
    actor.tell(() -> scheduler.stopWithSavepoint(type, savepoint, answer));
    return answer;
  }

  /** A mistake of ours: the job is stopped rather than left in an unknown state. */
  private void onBug(Throwable thrown) {
    LOG.error("Job '{}' ({}): internal error", job.name(), job.id(), thrown);
    actor.tell(() -> scheduler.onBug(thrown));
  }
}
