package io.weir.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.engine.Clock;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;

/** The task managers that Flink's clients ask for: this server is the one that there is. */
@Path("/taskmanagers")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class TaskManagersResource {

  @Inject private JobSummaries jobs;
  @Inject private Clock clock;

  @GET
  public ObjectNode list() {
    ObjectNode answer = Json.object();
    answer.putArray("taskmanagers").add(TaskManagerJson.of(jobs.all(), clock.nowMillis()));
    return answer;
  }

  @GET
  @Path("metrics")
  public ArrayNode aggregatedMetrics(@QueryParam("get") String get, @QueryParam("agg") String agg) {
    return MetricAnswers.aggregated(List.of(ProcessMetrics.now()), get, agg);
  }

  /** An unknown one is an internal error, as in Flink. */
  @GET
  @Path("{taskmanagerid}")
  public ObjectNode one(@PathParam("taskmanagerid") String id) {
    if (!id.equals(ThisServer.ID)) {
      throw ApiException.of(
          500, "There is no task manager '%s', only '%s'.".formatted(id, ThisServer.ID));
    }
    return TaskManagerJson.details(jobs.all(), clock.nowMillis());
  }

  @GET
  @Path("{taskmanagerid}/metrics")
  public ArrayNode metrics(@PathParam("taskmanagerid") String id, @QueryParam("get") String get) {
    return MetricAnswers.single(id.equals(ThisServer.ID) ? ProcessMetrics.now() : Map.of(), get);
  }
}
