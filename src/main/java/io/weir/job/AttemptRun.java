package io.weir.job;

import io.weir.barrier.Barrier;
import io.weir.engine.Execution;
import io.weir.engine.Task;
import io.weir.snapshot.TaskId;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of a job's tasks. Used by the job's actor alone. */
final class AttemptRun {
  private static final Logger LOG = LoggerFactory.getLogger(AttemptRun.class);

  private final int attempt;
  private final Execution execution;
  private final Map<TaskId, Task> tasks = new LinkedHashMap<>();
  private final Map<TaskId, TaskRunner.Handle> handles = new LinkedHashMap<>();
  private final Set<TaskId> running = new HashSet<>();
  private final Set<TaskId> ended = new HashSet<>();
  private final Set<TaskId> finished = new HashSet<>();
  private boolean canceling;

  AttemptRun(int attempt, Execution execution) {
    this.attempt = attempt;
    this.execution = execution;
    for (Task task : execution.tasks()) {
      tasks.put(task.attempt().task(), task);
    }
  }

  int attempt() {
    return attempt;
  }

  Collection<Task> tasks() {
    return tasks.values();
  }

  Task task(TaskId id) {
    return tasks.get(id);
  }

  Map<TaskId, Set<TaskId>> inputs() {
    return execution.inputs();
  }

  void start(TaskRunner runner) {
    for (Task task : tasks.values()) {
      handles.put(task.attempt().task(), runner.run(task));
    }
  }

  /** A task has begun to process; says whether all have. */
  boolean isAllRunningWith(TaskId task) {
    running.add(task);
    return isAllRunning();
  }

  boolean isAllRunning() {
    return running.size() == tasks.size();
  }

  /** A task has ended. */
  void ended(TaskId task, boolean hasFinished) {
    ended.add(task);
    if (hasFinished) {
      finished.add(task);
    }
  }

  boolean isAllEnded() {
    return ended.containsAll(handles.keySet());
  }

  boolean isAllFinished() {
    return finished.size() == tasks.size();
  }

  /**
   * The tasks that take no part in checkpoints any more.
   *
   * <p>INVARIANT: a task that had finished before the restored checkpoint counts as finished in
   * every later one, even while it still passes the end of input on. Without state but taken for
   * one that runs, it would begin anew when the job is restored.
   */
  Set<TaskId> finished() {
    Set<TaskId> all = new HashSet<>(execution.finished());
    all.addAll(finished);
    return all;
  }

  void trigger(Set<TaskId> heads, Barrier barrier) {
    heads.forEach(task -> tasks.get(task).mailbox().triggerCheckpoint(barrier));
  }

  void checkpointCompleted(long checkpointId, Set<TaskId> toNotify) {
    toNotify.forEach(task -> tasks.get(task).mailbox().checkpointCompleted(checkpointId));
  }

  void checkpointAborted(long checkpointId, Set<TaskId> toNotify) {
    toNotify.forEach(task -> tasks.get(task).mailbox().checkpointAborted(checkpointId));
  }

  /** Tells all tasks to stop. */
  void cancel() {
    if (!canceling) {
      canceling = true;
      tasks.values().forEach(task -> task.mailbox().cancel());
    }
  }

  /** Interrupts the tasks that have not stopped. */
  void interruptStragglers() {
    handles.forEach(
        (task, handle) -> {
          if (!ended.contains(task)) {
            LOG.warn(
                "task {} does not react to its cancellation; its thread is interrupted",
                tasks.get(task).name());
            handle.interrupt();
          }
        });
  }
}
