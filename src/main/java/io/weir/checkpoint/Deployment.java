package io.weir.checkpoint;

import io.weir.snapshot.TaskId;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The tasks of the job's present attempt.
 *
 * @param older the attempts of those that run since an older one
 * @param finished those that have finished
 * @param stopped those that are being cancelled
 */
record Deployment(
    long attempt,
    Map<TaskId, Long> older,
    TaskTopology topology,
    Set<TaskId> finished,
    Set<TaskId> stopped) {
  static final Deployment NONE =
      new Deployment(Long.MIN_VALUE, Map.of(), TaskTopology.EMPTY, Set.of(), Set.of());

  Deployment {
    older = Map.copyOf(older);
    finished = Set.copyOf(finished);
    stopped = Set.copyOf(stopped);
  }

  /** Whether it is this run of the task that counts. */
  boolean isCurrent(TaskId task, long taskAttempt) {
    return older.getOrDefault(task, attempt) == taskAttempt;
  }

  Deployment withFinished(TaskId task) {
    Set<TaskId> more = new LinkedHashSet<>(finished);
    more.add(task);
    return new Deployment(attempt, older, topology, more, stopped);
  }

  /** All its tasks are being cancelled. */
  Deployment withAllStopped() {
    return withStopped(topology.inputs().keySet());
  }

  Deployment withStopped(Set<TaskId> tasks) {
    Set<TaskId> more = new LinkedHashSet<>(stopped);
    more.addAll(tasks);
    return new Deployment(attempt, older, topology, finished, more);
  }

  /** Who would take part in a checkpoint now; empty if there can be none. */
  Optional<CheckpointPlan> plan(boolean afterTasksFinish) {
    Set<TaskId> running = topology.without(finished);
    if (running.isEmpty() || (!afterTasksFinish && !finished.isEmpty())) {
      return Optional.empty();
    }
    return Optional.of(new CheckpointPlan(attempt, topology.heads(running), running, finished));
  }

  /** Those who took part and can still be told about it. */
  Set<TaskId> reachable(CheckpointPlan plan) {
    if (plan.attempt() != attempt) {
      return Set.of();
    }
    Set<TaskId> reachable = new LinkedHashSet<>(plan.toAcknowledge());
    reachable.removeAll(finished);
    reachable.removeAll(stopped);
    return reachable;
  }
}
