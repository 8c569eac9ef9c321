package io.weir.sim;

import io.weir.engine.CheckpointMetrics;
import io.weir.engine.DeclineReason;
import io.weir.engine.Task;
import io.weir.engine.TaskAttempt;
import io.weir.engine.TaskListener;
import io.weir.engine.source.SourceRequest;
import io.weir.snapshot.JobId;
import io.weir.snapshot.OperatorId;
import io.weir.snapshot.SubtaskState;
import io.weir.snapshot.TaskId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * Stands between tasks and their master: what a task says about a checkpoint may get lost, come
 * twice or late, and a task may hear again of an old checkpoint. What both sides must not lose even
 * in one process (that a task has ended, that a reader wants a split) always arrives.
 */
final class Letters {
  private static final int LATEST_MILLIS = 400;

  private record JobCheckpoint(JobId job, long id) {}

  private final World world;
  private final VirtualMachine machine;
  private final List<Task> tasks = new ArrayList<>();
  private final List<Long> completed = new ArrayList<>();

  /** Tasks whose task manager is lost. */
  private final Set<TaskAttempt> lost = new HashSet<>();

  private final Set<JobCheckpoint> acknowledgedByLost = new HashSet<>();

  /** What each task has acknowledged last; for a planted bug. */
  private final Map<TaskId, Map<OperatorId, SubtaskState>> lastStates = new HashMap<>();

  Letters(World world, VirtualMachine machine) {
    this.world = world;
    this.machine = machine;
  }

  void deployed(Task task) {
    tasks.removeIf(other -> other.state().isTerminal());
    tasks.add(task);
  }

  /** All tasks are told that a checkpoint is complete. */
  void notifyAll(long checkpointId) {
    tasks.forEach(task -> task.mailbox().checkpointCompleted(checkpointId));
  }

  /**
   * The task manager of some subtasks is lost: what they say from now on must not count.
   *
   * @return those that run
   */
  Set<TaskId> lose(IntPredicate subtasks) {
    Set<TaskId> running = new LinkedHashSet<>();
    for (Task task : tasks) {
      if (!task.state().isTerminal() && subtasks.test(task.attempt().task().subtask())) {
        lost.add(task.attempt());
        running.add(task.attempt().task());
      }
    }
    return running;
  }

  /** A checkpoint is about to be complete. */
  void completing(JobId job, long checkpointId) {
    if (acknowledgedByLost.contains(new JobCheckpoint(job, checkpointId))) {
      world.violated(
          "checkpoint " + checkpointId + " counts what a task of a lost task manager has said");
    }
  }

  /** A checkpoint is complete. */
  void completed(long checkpointId) {
    completed.add(checkpointId);
    if (world.happens(FaultKind.STALE_NOTIFICATION, "all tasks")) {
      long old = completed.get(world.random().nextInt(completed.size()));
      world.log().line("all tasks hear again that checkpoint " + old + " is complete");
      machine.later(
          machine.nowMillis() + world.random().nextInt(LATEST_MILLIS),
          "stale letter",
          () -> notifyAll(old));
    }
  }

  TaskListener to(TaskListener master) {
    return new Post(master);
  }

  private final class Post implements TaskListener {
    private final TaskListener master;

    Post(TaskListener master) {
      this.master = master;
    }

    private void deliver(String what, Runnable letter) {
      if (world.happens(FaultKind.LETTER_LOST, what)) {
        return;
      }
      if (world.happens(FaultKind.LETTER_LATE, what)) {
        machine.later(
            machine.nowMillis() + world.random().nextInt(LATEST_MILLIS), "late letter", letter);
        return;
      }
      if (world.happens(FaultKind.LETTER_TWICE, what)) {
        machine.later(
            machine.nowMillis() + world.random().nextInt(LATEST_MILLIS), "letter again", letter);
      }
      letter.run();
    }

    @Override
    public void acknowledged(
        TaskAttempt attempt,
        long checkpointId,
        Map<OperatorId, SubtaskState> state,
        CheckpointMetrics metrics) {
      if (lost.contains(attempt)) {
        acknowledgedByLost.add(new JobCheckpoint(attempt.job(), checkpointId));
      }
      Map<OperatorId, SubtaskState> before = lastStates.put(attempt.task(), state);
      Map<OperatorId, SubtaskState> told =
          world.has(PlantedBug.STALE_STATE_ACKNOWLEDGED) && before != null
              ? before
              : PlantedCapture.in(state, world);
      state.values().stream()
          .flatMap(each -> each.channels().stream())
          .forEach(handle -> world.inFlight(handle.count()));
      deliver(
          "acknowledgement of checkpoint " + checkpointId,
          () -> master.acknowledged(attempt, checkpointId, told, metrics));
    }

    @Override
    public void declined(
        TaskAttempt attempt, long checkpointId, DeclineReason reason, Throwable cause) {
      deliver(
          "decline of checkpoint " + checkpointId,
          () -> master.declined(attempt, checkpointId, reason, cause));
    }

    @Override
    public void running(TaskAttempt attempt) {
      master.running(attempt);
    }

    @Override
    public void finished(TaskAttempt attempt) {
      master.finished(attempt);
    }

    @Override
    public void canceled(TaskAttempt attempt) {
      master.canceled(attempt);
    }

    @Override
    public void failed(TaskAttempt attempt, Throwable cause) {
      world.log().line("task " + attempt + " failed: " + cause);
      master.failed(attempt, cause);
    }

    @Override
    public void sourceRequest(TaskAttempt attempt, OperatorId source, SourceRequest request) {
      master.sourceRequest(attempt, source, request);
    }
  }
}
