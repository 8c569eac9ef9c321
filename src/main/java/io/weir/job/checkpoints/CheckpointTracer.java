package io.weir.job.checkpoints;

import io.weir.checkpoint.explain.CheckpointTrace;
import io.weir.checkpoint.explain.CheckpointTrace.Outcome;
import io.weir.checkpoint.explain.Decline;
import io.weir.checkpoint.explain.SubtaskTrace;
import io.weir.checkpoint.explain.TimeSpent;
import io.weir.engine.CheckpointMetrics;
import io.weir.engine.Task;
import io.weir.snapshot.TaskId;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Collects what explains one checkpoint, while it is in progress. Used by the job's actor alone;
 * what it asks of tasks may be slightly old.
 */
final class CheckpointTracer {
  private final long checkpointId;
  private final long triggeredMillis;
  private final Map<TaskId, Task> tasks = new LinkedHashMap<>();
  private final Map<TaskId, TimeSpent> spentBefore = new HashMap<>();
  private final Map<TaskId, SubtaskTrace> acknowledged = new HashMap<>();
  private long toldMillis = -1;
  private Decline decline;

  /**
   * @param running the tasks of the attempt
   * @param takePart those of which an acknowledgement is expected
   */
  CheckpointTracer(
      long checkpointId, long triggeredMillis, Collection<Task> running, Set<TaskId> takePart) {
    this.checkpointId = checkpointId;
    this.triggeredMillis = triggeredMillis;
    for (Task task : running) {
      TaskId id = task.attempt().task();
      if (takePart.contains(id)) {
        tasks.put(id, task);
        spentBefore.put(id, task.timeSpent());
      }
    }
  }

  /** The tasks at which it begins are told of it. */
  void told(long nowMillis) {
    toldMillis = Math.max(triggeredMillis, nowMillis);
  }

  void acknowledged(TaskId id, CheckpointMetrics metrics, long nowMillis) {
    SubtaskTrace trace = traceOf(tasks.get(id));
    acknowledged.put(id, trace.acknowledged(nowMillis, metrics.stateBytes()));
  }

  /**
   * A task will not take part.
   *
   * @param why what follows the task's name in a sentence
   */
  void declined(TaskId id, String why) {
    decline = new Decline(id, why);
  }

  /**
   * All that is known now.
   *
   * @param reason why it was given up, for people; empty if it was not
   */
  CheckpointTrace trace(Outcome outcome, String reason, long nowMillis) {
    List<SubtaskTrace> subtasks =
        tasks.values().stream()
            .map(
                task -> {
                  SubtaskTrace known = acknowledged.get(task.attempt().task());
                  return known == null ? traceOf(task) : known;
                })
            .toList();
    return new CheckpointTrace(
        checkpointId,
        triggeredMillis,
        toldMillis,
        Math.max(Math.max(triggeredMillis, toldMillis), nowMillis),
        outcome,
        reason,
        Optional.ofNullable(decline),
        subtasks);
  }

  private SubtaskTrace traceOf(Task task) {
    return task.traceOf(checkpointId).spentSince(spentBefore.get(task.attempt().task()));
  }
}
