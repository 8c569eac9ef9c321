package io.weir.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.engine.Task;
import io.weir.engine.TaskState;
import java.util.List;
import java.util.Locale;

/** The states of tasks in Flink's words. */
final class ExecutionStates {
  static final List<String> ALL =
      List.of(
          "CREATED",
          "SCHEDULED",
          "DEPLOYING",
          "INITIALIZING",
          "RUNNING",
          "FINISHED",
          "CANCELING",
          "CANCELED",
          "FAILED",
          "RECONCILING");

  private ExecutionStates() {}

  /** How many tasks are in each state; those that are planned and not there yet are created. */
  static ObjectNode counts(List<Task> tasks, int planned) {
    ObjectNode counts = Json.object();
    for (String state : ALL) {
      counts.put(state, count(tasks, planned, state));
    }
    return counts;
  }

  /** The same in the list of jobs: in lower case, with a total. */
  static ObjectNode countsWithTotal(List<Task> tasks, int planned) {
    ObjectNode counts = Json.object().put("total", Math.max(planned, tasks.size()));
    for (String state : ALL) {
      counts.put(state.toLowerCase(Locale.ROOT), count(tasks, planned, state));
    }
    return counts;
  }

  private static long count(List<Task> tasks, int planned, String state) {
    long counted = tasks.stream().filter(task -> task.state().name().equals(state)).count();
    return state.equals("CREATED") ? counted + Math.max(0, planned - tasks.size()) : counted;
  }

  /** A figure of the state that a task is in; of all others 0. */
  static ObjectNode inPresent(TaskState present, long figure) {
    ObjectNode figures = Json.object();
    ALL.forEach(state -> figures.put(state, state.equals(present.name()) ? figure : 0));
    return figures;
  }

  /** One state for all tasks of a vertex: the worst, then the least advanced. */
  static String aggregated(List<Task> tasks) {
    if (tasks.isEmpty()) {
      return "CREATED";
    }
    for (TaskState state :
        List.of(TaskState.FAILED, TaskState.CANCELED, TaskState.INITIALIZING, TaskState.RUNNING)) {
      if (tasks.stream().anyMatch(task -> task.state() == state)) {
        return state.name();
      }
    }
    long finished = tasks.stream().filter(task -> task.state() == TaskState.FINISHED).count();
    if (finished == 0) {
      return "CREATED";
    }
    return finished == tasks.size() ? "FINISHED" : "RUNNING";
  }
}
