package io.weir.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.engine.Clock;
import io.weir.engine.Task;
import io.weir.job.surroundings.CatalogException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** One vertex of a job: its subtasks, their load, watermarks and metrics. */
@Path("/jobs/{jobid}/vertices/{vertexid}")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class VerticesResource {

  @PathParam("jobid")
  private String jobId;

  @PathParam("vertexid")
  private String vertexId;

  @Inject private Vertices vertices;
  @Inject private TaskLoads loads;
  @Inject private TaskMetrics metrics;
  @Inject private Clock clock;

  /** One vertex with its subtasks. */
  @GET
  public ObjectNode details() throws CatalogException {
    return VertexJson.details(vertices.get(jobId, vertexId), clock.nowMillis());
  }

  /**
   * How far a vertex is held back by what is behind it. Of an unknown job or vertex there is no
   * measurement either.
   */
  @GET
  @Path("backpressure")
  public ObjectNode backPressure() throws CatalogException {
    return BackPressureJson.of(vertices.find(jobId, vertexId), loads);
  }

  /** The watermark of each subtask. */
  @GET
  @Path("watermarks")
  public ArrayNode watermarks() throws CatalogException {
    ArrayNode answer = Json.array();
    for (Task task : vertices.get(jobId, vertexId).tasks()) {
      OptionalLong watermark = task.currentInputWatermark();
      if (watermark.isPresent()) {
        answer
            .addObject()
            .put("id", task.attempt().task().subtask() + ".currentInputWatermark")
            .put("value", String.valueOf(watermark.getAsLong()));
      }
    }
    return answer;
  }

  /** When each subtask entered each state. */
  @GET
  @Path("subtasktimes")
  public ObjectNode times() throws CatalogException {
    return VertexJson.times(vertices.get(jobId, vertexId), clock.nowMillis());
  }

  /** The subtasks of a vertex, by the task manager that runs them. */
  @GET
  @Path("taskmanagers")
  public ObjectNode taskManagers() throws CatalogException {
    return VertexJson.taskManagers(vertices.get(jobId, vertexId), clock.nowMillis());
  }

  /** There are none: what functions count are metrics. */
  @GET
  @Path("accumulators")
  public ObjectNode accumulators() throws CatalogException {
    ObjectNode answer =
        Json.object().put("id", vertices.get(jobId, vertexId).vertex().id().toString());
    answer.putArray("user-accumulators");
    return answer;
  }

  /** The present attempt of one subtask. */
  @GET
  @Path("subtasks/{subtask}")
  public ObjectNode subtask(@PathParam("subtask") String subtask) throws CatalogException {
    int index = PathIds.subtask(subtask);
    Vertices.Found found = vertices.get(jobId, vertexId);
    return VertexJson.subtask(found, found.task(index), clock.nowMillis());
  }

  /** One attempt of a subtask. Only the present attempt is known. */
  @GET
  @Path("subtasks/{subtask}/attempts/{attempt}")
  public ObjectNode attempt(
      @PathParam("subtask") String subtask, @PathParam("attempt") String attempt)
      throws CatalogException {
    int number = PathIds.attempt(attempt);
    Vertices.Found found = vertices.get(jobId, vertexId);
    Task task = found.task(PathIds.subtask(subtask));
    if (task.attempt().attempt() != number) {
      throw ApiException.notFound(
          "Attempt %d of subtask %s is not known; the present one is %d."
              .formatted(number, subtask, task.attempt().attempt()));
    }
    return VertexJson.subtask(found, task, clock.nowMillis());
  }

  /** Figures of a vertex: names, or values of those that are named. */
  @GET
  @Path("metrics")
  public ArrayNode metrics(@QueryParam("get") String get) throws CatalogException {
    Map<String, Object> all = new LinkedHashMap<>();
    Optional<Vertices.Found> found = vertices.find(jobId, vertexId);
    if (found.isPresent()) {
      for (Task task : found.get().tasks()) {
        String prefix = task.attempt().task().subtask() + ".";
        metrics
            .of(found.get().view(), task)
            .forEach((name, value) -> all.put(prefix + name, value));
      }
    }
    return MetricAnswers.single(all, get);
  }

  /** Metrics of the coordinators of a vertex. Coordinators have none that clients ask for. */
  @GET
  @Path("jm-operator-metrics")
  public ArrayNode coordinatorMetrics() {
    PathIds.job(jobId);
    PathIds.vertex(vertexId);
    return Json.array();
  }

  /** The same figure of several subtasks, of all unless some are named. */
  @GET
  @Path("subtasks/metrics")
  public ArrayNode aggregatedMetrics(
      @QueryParam("get") String get,
      @QueryParam("agg") String agg,
      @QueryParam("subtasks") String subtasks)
      throws CatalogException {
    SubtaskSelection selection = SubtaskSelection.parse(subtasks);
    List<Map<String, Object>> all =
        vertices.find(jobId, vertexId).stream()
            .flatMap(
                found ->
                    found.tasks().stream()
                        .filter(task -> selection.contains(task.attempt().task().subtask()))
                        .map(task -> metrics.of(found.view(), task)))
            .toList();
    return MetricAnswers.aggregated(all, get, agg);
  }

  /** Figures of one subtask: names, or values of those that are named. */
  @GET
  @Path("subtasks/{subtask}/metrics")
  public ArrayNode subtaskMetrics(
      @PathParam("subtask") String subtask, @QueryParam("get") String get) throws CatalogException {
    int index = PathIds.subtask(subtask);
    Map<String, Object> all =
        vertices.find(jobId, vertexId).stream()
            .flatMap(
                found ->
                    found.tasks().stream()
                        .filter(task -> task.attempt().task().subtask() == index)
                        .map(task -> metrics.of(found.view(), task)))
            .findFirst()
            .orElse(Map.of());
    return MetricAnswers.single(all, get);
  }
}
