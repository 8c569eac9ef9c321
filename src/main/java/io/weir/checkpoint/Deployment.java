package io.weir.checkpoint;

import io.weir.snapshot.TaskId;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** The tasks of the job's present attempt, and which of them have finished. */
record Deployment(long attempt, TaskTopology topology, Set<TaskId> finished) {
  static final Deployment NONE = new Deployment(Long.MIN_VALUE, TaskTopology.EMPTY, Set.of());

  Deployment {
    finished = Set.copyOf(finished);
  }

  Deployment withFinished(TaskId task) {
    Set<TaskId> more = new LinkedHashSet<>(finished);
    more.add(task);
    return new Deployment(attempt, topology, more);
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
    return reachable;
  }
}
