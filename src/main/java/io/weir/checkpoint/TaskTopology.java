package io.weir.checkpoint;

import io.weir.snapshot.TaskId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which task takes its input from which tasks.
 *
 * @param inputs all tasks of a job, each with the tasks directly in front of it; tasks with the
 *     same inputs may share one immutable set
 */
public record TaskTopology(Map<TaskId, Set<TaskId>> inputs) {

  /** A job that has not been deployed. */
  public static final TaskTopology EMPTY = new TaskTopology(Map.of());

  public TaskTopology {
    Map<TaskId, Set<TaskId>> copy = new LinkedHashMap<>();
    inputs.forEach((task, before) -> copy.put(task, Set.copyOf(before)));
    copy.forEach(
        (task, before) -> {
          if (!copy.keySet().containsAll(before)) {
            throw new IllegalArgumentException(
                "task " + task + " has inputs that are not in the topology: " + before);
          }
        });
    inputs = Collections.unmodifiableMap(copy);
  }

  /** The tasks that have not finished. */
  Set<TaskId> without(Set<TaskId> finished) {
    Set<TaskId> running = new LinkedHashSet<>(inputs.keySet());
    running.removeAll(finished);
    return Collections.unmodifiableSet(running);
  }

  /**
   * Those of the running tasks that no barrier can reach, because they have no input or all tasks
   * in front of them have finished.
   */
  Set<TaskId> heads(Set<TaskId> running) {
    Set<TaskId> heads = new LinkedHashSet<>();
    for (TaskId task : running) {
      if (Collections.disjoint(inputs.get(task), running)) {
        heads.add(task);
      }
    }
    return Collections.unmodifiableSet(heads);
  }
}
