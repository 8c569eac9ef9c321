package io.weir.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.job.Dispatcher;
import io.weir.plan.TaskManagerId;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/** Drills: what happens when a task manager is lost can be tried, as killing one would in Flink. */
@Path("/weir/v1/taskmanagers")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class LostTaskManagersResource {

  @Inject private Dispatcher dispatcher;
  @Context private HttpServletRequest request;

  /** Loses a task manager. All tasks in its slots fail. Answers which one takes its place. */
  @POST
  @Requires(Role.ADMIN)
  @Path("{taskmanagerid}/lose")
  public Response lose(@PathParam("taskmanagerid") String id) {
    String who =
        request.getAttribute(AccessFilter.CALLER) instanceof Caller caller
            ? caller.name()
            : "somebody";
    Optional<TaskManagerId> next =
        TaskManagersResource.find(dispatcher.taskManagers().pool(), id)
            .flatMap(lost -> dispatcher.taskManagers().lose(lost, who + " asked for that."));
    if (next.isEmpty()) {
      throw ApiException.notFound(
          TaskManagersResource.unknown(dispatcher.taskManagers().pool(), id));
    }
    ObjectNode answer = Json.object().put("lost", id).put("registered", next.get().toString());
    return Response.accepted(answer).build();
  }
}
