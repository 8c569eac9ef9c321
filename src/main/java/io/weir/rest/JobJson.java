package io.weir.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.api.environment.JobStatus;
import io.weir.engine.Task;
import io.weir.job.JobView;
import io.weir.plan.PlannedVertex;
import java.util.List;
import java.util.function.ToLongFunction;

/** A job as Flink shows it, in lists and on its own. */
final class JobJson {

  private JobJson() {}

  static ObjectNode overview(JobSummary job, long nowMillis) {
    ObjectNode entry =
        Json.object()
            .put("jid", job.id().toString())
            .put("name", job.name())
            .put("jobType", "STREAMING")
            .put("schedulerType", "Default")
            .put("start-time", job.startMillis())
            .put("end-time", job.endMillis())
            .put("duration", job.durationMillis(nowMillis))
            .put("state", job.status().name())
            .put("last-modification", job.lastModificationMillis());
    entry.set("tasks", taskCounts(job));
    return entry.put("pending-operators", 0);
  }

  static ObjectNode taskCounts(JobSummary job) {
    return ExecutionStates.countsWithTotal(tasks(job), planned(job));
  }

  static ObjectNode details(JobSummary job, long nowMillis) {
    ObjectNode details =
        Json.object()
            .put("jid", job.id().toString())
            .put("application-id", job.id().toString())
            .put("name", job.name())
            .put("isStoppable", false)
            .put("state", job.status().name())
            .put("job-type", "STREAMING")
            .put("schedulerType", "Default")
            .put("start-time", job.startMillis())
            .put("end-time", job.endMillis())
            .put("duration", job.durationMillis(nowMillis))
            .put("maxParallelism", maxParallelism(job))
            .put("now", nowMillis);
    ObjectNode timestamps = details.putObject("timestamps");
    for (JobStatus status : JobStatus.values()) {
      timestamps.put(status.name(), job.statusSince().getOrDefault(status, 0L));
    }
    ArrayNode vertices = details.putArray("vertices");
    job.live()
        .ifPresent(
            view ->
                view.plan()
                    .vertices()
                    .forEach(vertex -> vertices.add(vertex(view, vertex, job, nowMillis))));
    details.set("status-counts", ExecutionStates.counts(tasks(job), planned(job)));
    details.set("plan", PlanJson.of(job));
    return details.put("pending-operators", 0);
  }

  private static ObjectNode vertex(
      JobView view, PlannedVertex vertex, JobSummary job, long nowMillis) {
    List<Task> tasks =
        view.tasks().stream()
            .filter(task -> task.attempt().task().vertex().equals(vertex.id()))
            .toList();
    long start = job.statusSince().getOrDefault(JobStatus.INITIALIZING, -1L);
    long end =
        !tasks.isEmpty() && tasks.stream().allMatch(task -> task.state().isTerminal())
            ? job.endMillis()
            : -1;
    ObjectNode node =
        Json.object()
            .put("id", vertex.id().toString())
            .put("slotSharingGroupId", job.id().toString())
            .put("name", vertex.name())
            .put("maxParallelism", vertex.maxParallelism())
            .put("parallelism", vertex.parallelism())
            .put("status", ExecutionStates.aggregated(tasks))
            .put("start-time", start)
            .put("end-time", end)
            .put("duration", start < 0 ? -1 : (end < 0 ? nowMillis : end) - start);
    node.set("tasks", ExecutionStates.counts(tasks, vertex.parallelism()));
    node.set("metrics", metrics(tasks));
    return node;
  }

  /** Records are handed over as they are, so there are no bytes between tasks to count. */
  private static ObjectNode metrics(List<Task> tasks) {
    return Json.object()
        .put("read-bytes", 0)
        .put("read-bytes-complete", true)
        .put("write-bytes", 0)
        .put("write-bytes-complete", true)
        .put("read-records", sum(tasks, task -> task.load().recordsIn()))
        .put("read-records-complete", true)
        .put("write-records", sum(tasks, task -> task.load().recordsOut()))
        .put("write-records-complete", true)
        .put(
            "accumulated-backpressured-time", sum(tasks, task -> task.load().backPressuredMillis()))
        .put("accumulated-idle-time", sum(tasks, task -> task.load().idleMillis()))
        .put("accumulated-busy-time", sum(tasks, task -> task.load().busyMillis()));
  }

  private static long sum(List<Task> tasks, ToLongFunction<Task> figure) {
    return tasks.stream().mapToLong(figure).sum();
  }

  private static List<Task> tasks(JobSummary job) {
    return job.live().map(JobView::tasks).orElse(List.of());
  }

  private static int planned(JobSummary job) {
    return job.live().map(view -> view.plan().tasks()).orElse(0);
  }

  private static int maxParallelism(JobSummary job) {
    return job.live().stream()
        .flatMap(view -> view.plan().vertices().stream())
        .mapToInt(PlannedVertex::maxParallelism)
        .max()
        .orElse(-1);
  }
}
