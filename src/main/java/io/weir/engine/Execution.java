package io.weir.engine;

import io.weir.snapshot.TaskId;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tasks of one attempt, joined by channels, ready to be stepped: all of a job, or those of some
 * regions.
 *
 * @param tasks in the order of the plan
 * @param inputs of each task, the tasks directly in front of it
 * @param finished those that had finished before the restored checkpoint: they only pass the end of
 *     input on
 */
public record Execution(List<Task> tasks, Map<TaskId, Set<TaskId>> inputs, Set<TaskId> finished) {
  public Execution {
    tasks = List.copyOf(tasks);
    inputs = Map.copyOf(inputs);
    finished = Set.copyOf(finished);
  }
}
