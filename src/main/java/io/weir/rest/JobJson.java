package io.weir.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.api.environment.JobStatus;
import io.weir.engine.Task;
import io.weir.job.execution.JobView;
import io.weir.plan.PlannedVertex;
import java.util.List;

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
                    .forEach(
                        vertex ->
                            vertices.add(
                                VertexJson.inJob(
                                    new Vertices.Found(
                                        job, view, vertex, Vertices.tasks(view, vertex)),
                                    nowMillis))));
    details.set("status-counts", ExecutionStates.counts(tasks(job), planned(job)));
    details.set("plan", PlanJson.of(job));
    return details.put("pending-operators", 0);
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
