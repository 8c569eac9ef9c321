package io.weir.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.engine.Clock;
import io.weir.job.Dispatcher;
import io.weir.plan.SlotPool;
import io.weir.plan.TaskManagerId;
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
import java.util.Optional;

/** The task managers of this server, as Flink's clients ask for them. */
@Path("/taskmanagers")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class TaskManagersResource {

  @Inject private Dispatcher dispatcher;
  @Inject private Clock clock;

  /** All task managers with their slots. */
  @GET
  public ObjectNode list() {
    SlotPool slots = dispatcher.taskManagers().pool();
    ObjectNode answer = Json.object();
    ArrayNode managers = answer.putArray("taskmanagers");
    slots
        .taskManagers()
        .forEach(
            id ->
                managers.add(TaskManagerJson.of(id, slots, dispatcher.views(), clock.nowMillis())));
    return answer;
  }

  /**
   * The same figure of all task managers. All share one process: what is measured of that is not
   * summed over them.
   */
  @GET
  @Path("metrics")
  public ArrayNode aggregatedMetrics(@QueryParam("get") String get, @QueryParam("agg") String agg) {
    return MetricAnswers.aggregated(List.of(ProcessMetrics.now()), get, agg);
  }

  /** One task manager, with its slots. An unknown one is an internal error, as in Flink. */
  @GET
  @Path("{taskmanagerid}")
  public ObjectNode one(@PathParam("taskmanagerid") String id) {
    SlotPool slots = dispatcher.taskManagers().pool();
    TaskManagerId found =
        find(slots, id).orElseThrow(() -> ApiException.of(500, unknown(slots, id)));
    return TaskManagerJson.details(found, slots, dispatcher.views(), clock.nowMillis());
  }

  /** Figures of a task manager: names, or values of those that are named. */
  @GET
  @Path("{taskmanagerid}/metrics")
  public ArrayNode metrics(@PathParam("taskmanagerid") String id, @QueryParam("get") String get) {
    boolean isKnown = find(dispatcher.taskManagers().pool(), id).isPresent();
    return MetricAnswers.single(isKnown ? ProcessMetrics.now() : Map.of(), get);
  }

  static Optional<TaskManagerId> find(SlotPool slots, String id) {
    return slots.taskManagers().stream().filter(each -> each.toString().equals(id)).findFirst();
  }

  static String unknown(SlotPool slots, String id) {
    return "There is no task manager '%s', only %s.".formatted(id, slots.taskManagers());
  }
}
