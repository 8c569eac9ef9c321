package io.weir.job.execution;

import io.weir.barrier.Barrier;
import io.weir.engine.Execution;
import io.weir.engine.Task;
import io.weir.engine.TaskAttempt;
import io.weir.job.surroundings.TaskRunner;
import io.weir.plan.TaskManagerId;
import io.weir.snapshot.TaskId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A job's tasks as they run at present. An attempt begins with all of them, or with those of some
 * regions in place of those that have ended; then the others run on as they began in an older one.
 * Used by the job's actor alone.
 */
public final class AttemptRun {
  private static final Logger LOG = LoggerFactory.getLogger(AttemptRun.class);

  private int attempt;
  private final Map<TaskId, Task> tasks = new LinkedHashMap<>();
  private final Map<TaskId, Set<TaskId>> inputs = new LinkedHashMap<>();
  private final Map<TaskId, TaskManagerId> taskManagers = new LinkedHashMap<>();
  private final Map<TaskId, TaskRunner.Handle> handles = new LinkedHashMap<>();
  private final Set<TaskId> restoredAsFinished = new HashSet<>();
  private final Set<TaskId> running = new HashSet<>();
  private final Set<TaskId> canceling = new HashSet<>();
  private final Set<TaskId> ended = new HashSet<>();
  private final Set<TaskId> finished = new HashSet<>();

  /**
   * Begins an attempt with tasks that do not run yet.
   *
   * @param places of all the job's tasks
   */
  public AttemptRun(int attempt, Execution execution, Map<TaskId, TaskManagerId> places) {
    begin(attempt, execution, places);
  }

  /** A new attempt begins with these tasks. Those that were in their place have ended. */
  public void begin(int newAttempt, Execution execution, Map<TaskId, TaskManagerId> places) {
    attempt = newAttempt;
    Set<TaskId> replaced = execution.inputs().keySet();
    List.of(restoredAsFinished, running, canceling, ended, finished, handles.keySet())
        .forEach(set -> set.removeAll(replaced));
    inputs.putAll(execution.inputs());
    restoredAsFinished.addAll(execution.finished());
    for (Task task : execution.tasks()) {
      TaskId id = task.attempt().task();
      tasks.put(id, task);
      taskManagers.put(id, places.get(id));
    }
  }

  /** The newest one. */
  public int attempt() {
    return attempt;
  }

  public Collection<Task> tasks() {
    return tasks.values();
  }

  public Task task(TaskId id) {
    return tasks.get(id);
  }

  /** All of them. */
  Set<TaskId> ids() {
    return Collections.unmodifiableSet(tasks.keySet());
  }

  /** Where each task runs. */
  public Map<TaskId, TaskManagerId> taskManagers() {
    return taskManagers;
  }

  /**
   * The tasks that fail with a task manager: those in its slots that have not come to their end.
   */
  public Set<TaskId> lostWith(TaskManagerId taskManager) {
    Set<TaskId> lost = new LinkedHashSet<>(tasks.keySet());
    lost.removeIf(
        task ->
            !taskManagers.get(task).equals(taskManager)
                || finished.contains(task)
                || canceling.contains(task));
    return lost;
  }

  public Map<TaskId, Set<TaskId>> inputs() {
    return inputs;
  }

  /** The attempts of the tasks that have begun in an older one. */
  public Map<TaskId, Long> older() {
    Map<TaskId, Long> older = new HashMap<>();
    tasks.forEach(
        (id, task) -> {
          if (task.attempt().attempt() != attempt) {
            older.put(id, (long) task.attempt().attempt());
          }
        });
    return older;
  }

  /** Whether it is this run of the task that counts. */
  public boolean isCurrent(TaskAttempt task) {
    return tasks.get(task.task()).attempt().equals(task);
  }

  public boolean isCanceling(TaskId task) {
    return canceling.contains(task);
  }

  /** Starts the tasks that have not been started. */
  public void start(TaskRunner runner, ThreadSharing threads) {
    List<Task> toStart = new ArrayList<>(tasks.values());
    toStart.removeIf(task -> handles.containsKey(task.attempt().task()));
    for (List<Task> sharing : threads.groups(toStart)) {
      TaskRunner.Handle handle = runner.run(sharing);
      sharing.forEach(task -> handles.put(task.attempt().task(), handle));
    }
  }

  /** A task has begun to process; says whether all have. */
  public boolean isAllRunningWith(TaskId task) {
    if (!canceling.contains(task)) {
      running.add(task);
    }
    return isAllRunning();
  }

  public boolean isAllRunning() {
    return running.size() == tasks.size();
  }

  /** A task has ended. */
  public void ended(TaskId task, boolean hasFinished) {
    ended.add(task);
    if (hasFinished) {
      finished.add(task);
    }
  }

  public boolean isAllEnded() {
    return ended.containsAll(handles.keySet());
  }

  /** Whether these tasks have ended, or had not been started. */
  public boolean isEnded(Set<TaskId> these) {
    return these.stream().allMatch(task -> ended.contains(task) || !handles.containsKey(task));
  }

  public boolean isAllFinished() {
    return finished.size() == tasks.size();
  }

  /**
   * The tasks that take no part in checkpoints any more.
   *
   * <p>INVARIANT: a task that had finished before the restored checkpoint counts as finished in
   * every later one, even while it still passes the end of input on. Without state but taken for
   * one that runs, it would begin anew when the job is restored.
   */
  public Set<TaskId> finished() {
    Set<TaskId> all = new HashSet<>(restoredAsFinished);
    all.addAll(finished);
    return all;
  }

  public void trigger(Set<TaskId> heads, Barrier barrier) {
    heads.forEach(task -> tasks.get(task).mailbox().triggerCheckpoint(barrier));
  }

  public void checkpointCompleted(long checkpointId, Set<TaskId> toNotify) {
    toNotify.forEach(task -> tasks.get(task).mailbox().checkpointCompleted(checkpointId));
  }

  public void checkpointAborted(long checkpointId, Set<TaskId> toNotify) {
    toNotify.forEach(task -> tasks.get(task).mailbox().checkpointAborted(checkpointId));
  }

  /**
   * Tells tasks to stop.
   *
   * @return those that had not been told before
   */
  public List<Task> cancel(Set<TaskId> these) {
    List<Task> told = new ArrayList<>();
    for (TaskId id : these) {
      if (canceling.add(id)) {
        told.add(tasks.get(id));
      }
    }
    running.removeAll(these);
    told.forEach(task -> task.mailbox().cancel());
    return told;
  }

  /** Whether this run of the task counts, and has not ended. */
  public boolean isUnderWay(Task task) {
    TaskId id = task.attempt().task();
    return handles.containsKey(id) && isCurrent(task.attempt()) && !ended.contains(id);
  }

  /** Interrupts a task that has not stopped. */
  public void interrupt(Task task) {
    LOG.warn("task {} does not react to its cancellation; its thread is interrupted", task.name());
    handles.get(task.attempt().task()).interrupt();
  }

  /** What a task's thread is doing. */
  public StackTraceElement[] stackTrace(Task task) {
    return handles.get(task.attempt().task()).stackTrace();
  }
}
