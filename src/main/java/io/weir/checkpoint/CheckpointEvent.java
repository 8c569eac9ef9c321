package io.weir.checkpoint;

import io.weir.snapshot.TaskId;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What may happen to the checkpoints of a job. What comes from a task carries the execution attempt
 * of the job that the task belongs to, so that an answer of an older attempt never touches a newer
 * one.
 */
public sealed interface CheckpointEvent {

  /** Calls the case of this event. */
  void accept(Cases cases);

  /** Time has passed. */
  record Tick() implements CheckpointEvent {
    @Override
    public void accept(Cases cases) {
      cases.tick(this);
    }
  }

  /**
   * All tasks run in a new attempt. Must not be fed while a checkpoint of an older attempt is
   * {@link CoordinatorState#isFinalizing() being finalized}.
   *
   * @param attempt greater than that of every attempt before
   * @param finished tasks that have finished, or are restored as finished
   * @param older the attempts of those tasks that run on since an older one, because only other
   *     regions have started again
   */
  record TasksRunning(
      long attempt, TaskTopology topology, Set<TaskId> finished, Map<TaskId, Long> older)
      implements CheckpointEvent {
    public TasksRunning {
      finished = Set.copyOf(finished);
      older = Map.copyOf(older);
    }

    @Override
    public void accept(Cases cases) {
      cases.tasksRunning(this);
    }
  }

  /** The job failed, all its tasks are being cancelled. */
  record JobRestarting(String why) implements CheckpointEvent {
    @Override
    public void accept(Cases cases) {
      cases.jobRestarting(this);
    }
  }

  /**
   * Some regions failed: their tasks are being cancelled, all others run on. Checkpoints start
   * again when {@link TasksRunning all run}.
   */
  record RegionRestarting(Set<TaskId> tasks, String why) implements CheckpointEvent {
    public RegionRestarting {
      tasks = Set.copyOf(tasks);
    }

    @Override
    public void accept(Cases cases) {
      cases.regionRestarting(this);
    }
  }

  /** The job ends, or is suspended, for good; no event can revive these checkpoints. */
  record StopRequested(boolean suspended) implements CheckpointEvent {
    @Override
    public void accept(Cases cases) {
      cases.stopRequested(this);
    }
  }

  /** Somebody asks for a checkpoint. */
  record TriggerRequested(CheckpointRequest request) implements CheckpointEvent {
    @Override
    public void accept(Cases cases) {
      cases.triggerRequested(this);
    }
  }

  /**
   * A {@link Decision.Trigger} could not be carried out.
   *
   * @param reason {@link FailureReason#IO_EXCEPTION}, {@link FailureReason#CATALOG_EXCEPTION} or
   *     {@link FailureReason#TRIGGER_CHECKPOINT_FAILURE}
   */
  record TriggerFailed(long checkpointId, FailureReason reason, String why)
      implements CheckpointEvent {
    public TriggerFailed {
      if (reason != FailureReason.IO_EXCEPTION
          && reason != FailureReason.CATALOG_EXCEPTION
          && reason != FailureReason.TRIGGER_CHECKPOINT_FAILURE) {
        throw new IllegalArgumentException("not a reason of a failed trigger: " + reason);
      }
    }

    @Override
    public void accept(Cases cases) {
      cases.triggerFailed(this);
    }
  }

  /** A task has taken its snapshot, and all of it is durable. */
  record AckReceived(long attempt, long checkpointId, TaskId task) implements CheckpointEvent {
    @Override
    public void accept(Cases cases) {
      cases.ackReceived(this);
    }
  }

  /**
   * A task cannot take part in a checkpoint.
   *
   * @param reason one of those that arise while a checkpoint is in flight
   */
  record Declined(long attempt, long checkpointId, TaskId task, FailureReason reason, String why)
      implements CheckpointEvent {
    public Declined {
      if (reason.isPreflight()) {
        throw new IllegalArgumentException("not a reason for a task to decline: " + reason);
      }
    }

    @Override
    public void accept(Cases cases) {
      cases.declined(this);
    }
  }

  /** A task has processed all its input and ended. */
  record TaskFinished(long attempt, TaskId task) implements CheckpointEvent {
    @Override
    public void accept(Cases cases) {
      cases.taskFinished(this);
    }
  }

  /**
   * A task failed; whether the job restarts is decided elsewhere and told by {@link JobRestarting}.
   */
  record TaskFailed(long attempt, TaskId task, String why) implements CheckpointEvent {
    @Override
    public void accept(Cases cases) {
      cases.taskFailed(this);
    }
  }

  /** What {@link Decision.Finalize} asked for is done: the checkpoint is recorded. */
  record StoreCompleted(long checkpointId) implements CheckpointEvent {
    @Override
    public void accept(Cases cases) {
      cases.storeCompleted(this);
    }
  }

  /**
   * What {@link Decision.Finalize} asked for failed, and it is certain that the checkpoint is not
   * recorded.
   */
  record StoreFailed(long checkpointId, String why) implements CheckpointEvent {
    public StoreFailed {
      Objects.requireNonNull(why, "why");
    }

    @Override
    public void accept(Cases cases) {
      cases.storeFailed(this);
    }
  }

  /** The sources began, or ceased, to work off a backlog. */
  record BacklogChanged(boolean processingBacklog) implements CheckpointEvent {
    @Override
    public void accept(Cases cases) {
      cases.backlogChanged(this);
    }
  }

  /** One method per event. */
  interface Cases {
    void tick(Tick event);

    void tasksRunning(TasksRunning event);

    void jobRestarting(JobRestarting event);

    void regionRestarting(RegionRestarting event);

    void stopRequested(StopRequested event);

    void triggerRequested(TriggerRequested event);

    void triggerFailed(TriggerFailed event);

    void ackReceived(AckReceived event);

    void declined(Declined event);

    void taskFinished(TaskFinished event);

    void taskFailed(TaskFailed event);

    void storeCompleted(StoreCompleted event);

    void storeFailed(StoreFailed event);

    void backlogChanged(BacklogChanged event);
  }
}
