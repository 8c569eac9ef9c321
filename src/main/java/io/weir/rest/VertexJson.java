package io.weir.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.api.environment.JobStatus;
import io.weir.engine.Task;
import io.weir.plan.TaskManagerId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** A vertex and its subtasks as Flink shows them. */
final class VertexJson {

  /** When the tasks of the present attempt were made, and how long they have lived. */
  private record Life(long startMillis, long endMillis, long durationMillis) {

    static Life of(JobSummary job, List<Task> tasks, long nowMillis) {
      long start = job.statusSince().getOrDefault(JobStatus.INITIALIZING, -1L);
      boolean ended =
          !tasks.isEmpty() && tasks.stream().allMatch(task -> task.state().isTerminal());
      long end = ended ? job.endMillis() : -1;
      return new Life(start, end, start < 0 ? -1 : (end < 0 ? nowMillis : end) - start);
    }

    ObjectNode putInto(ObjectNode node) {
      return node.put("start-time", startMillis)
          .put("end-time", endMillis)
          .put("duration", durationMillis);
    }
  }

  private VertexJson() {}

  /** As it stands among the vertices of its job. */
  static ObjectNode inJob(Vertices.Found found, long nowMillis) {
    ObjectNode node =
        Json.object()
            .put("id", found.vertex().id().toString())
            .put("slotSharingGroupId", slotSharingGroupId(found))
            .put("name", found.vertex().name())
            .put("maxParallelism", found.vertex().maxParallelism())
            .put("parallelism", found.vertex().parallelism())
            .put("status", ExecutionStates.aggregated(found.tasks()));
    Life.of(found.job(), found.tasks(), nowMillis).putInto(node);
    node.set("tasks", ExecutionStates.counts(found.tasks(), found.vertex().parallelism()));
    node.set("metrics", IoMetrics.sum(found.tasks()));
    return node;
  }

  private static String slotSharingGroupId(Vertices.Found found) {
    String group = found.job().id() + " " + found.vertex().slotSharingGroup();
    return UUID.nameUUIDFromBytes(group.getBytes(StandardCharsets.UTF_8))
        .toString()
        .replace("-", "");
  }

  static ObjectNode details(Vertices.Found found, long nowMillis) {
    ObjectNode answer =
        head(found, nowMillis)
            .put("parallelism", found.vertex().parallelism())
            .put("maxParallelism", found.vertex().maxParallelism());
    ArrayNode subtasks = answer.putArray("subtasks");
    found.tasks().forEach(task -> subtasks.add(subtask(found, task, nowMillis)));
    answer.set("aggregated", aggregated(found, nowMillis));
    return answer;
  }

  private static ObjectNode head(Vertices.Found found, long nowMillis) {
    return Json.object()
        .put("id", found.vertex().id().toString())
        .put("name", found.vertex().name())
        .put("now", nowMillis);
  }

  static ObjectNode subtask(Vertices.Found found, Task task, long nowMillis) {
    Life life = Life.of(found.job(), List.of(task), nowMillis);
    ObjectNode node =
        Json.object()
            .put("subtask", task.attempt().task().subtask())
            .put("status", task.state().name())
            .put("attempt", task.attempt().attempt())
            .put("endpoint", ThisServer.ENDPOINT);
    life.putInto(node)
        .put("start_time", life.startMillis())
        .put("taskmanager-id", found.taskManagerOf(task).toString());
    node.set("metrics", IoMetrics.sum(List.of(task)));
    node.set("status-duration", ExecutionStates.inPresent(task.state(), life.durationMillis()));
    return node;
  }

  private static ObjectNode aggregated(Vertices.Found found, long nowMillis) {
    ObjectNode aggregated = Json.object();
    aggregated.set("metrics", IoMetrics.aggregated(found.tasks()));
    ObjectNode durations = aggregated.putObject("status-duration");
    for (String state : ExecutionStates.ALL) {
      durations.set(
          state,
          IoMetrics.aggregate(
              found.tasks().stream()
                  .mapToLong(
                      task ->
                          task.state().name().equals(state)
                              ? Life.of(found.job(), List.of(task), nowMillis).durationMillis()
                              : 0)
                  .toArray()));
    }
    return aggregated;
  }

  static ObjectNode times(Vertices.Found found, long nowMillis) {
    ObjectNode answer = head(found, nowMillis);
    ArrayNode subtasks = answer.putArray("subtasks");
    for (Task task : found.tasks()) {
      Life life = Life.of(found.job(), List.of(task), nowMillis);
      ObjectNode node =
          subtasks
              .addObject()
              .put("subtask", task.attempt().task().subtask())
              .put("endpoint", ThisServer.ENDPOINT)
              .put("duration", life.durationMillis());
      node.set("timestamps", ExecutionStates.inPresent(task.state(), life.startMillis()));
    }
    return answer;
  }

  static ObjectNode taskManagers(Vertices.Found found, long nowMillis) {
    ObjectNode answer = head(found, nowMillis);
    ArrayNode managers = answer.putArray("taskmanagers");
    found.tasks().stream()
        .map(found::taskManagerOf)
        .distinct()
        .forEach(id -> managers.add(inTaskManager(id, found.in(id), nowMillis)));
    return answer;
  }

  private static ObjectNode inTaskManager(TaskManagerId id, Vertices.Found there, long nowMillis) {
    ObjectNode manager =
        Json.object()
            .put("endpoint", ThisServer.ENDPOINT)
            .put("status", ExecutionStates.aggregated(there.tasks()));
    Life.of(there.job(), there.tasks(), nowMillis)
        .putInto(manager)
        .put("taskmanager-id", id.toString());
    manager.set("metrics", IoMetrics.sum(there.tasks()));
    manager.set("status-counts", ExecutionStates.counts(there.tasks(), there.tasks().size()));
    manager.set("aggregated", aggregated(there, nowMillis));
    return manager;
  }
}
