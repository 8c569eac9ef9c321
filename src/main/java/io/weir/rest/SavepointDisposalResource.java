package io.weir.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.job.Dispatcher;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Removes savepoints. */
@Path("/savepoint-disposal")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class SavepointDisposalResource {
  /** Disposals are not of a job. */
  private static final String ALL = "";

  @Inject private Triggers triggers;
  @Inject private Dispatcher dispatcher;

  /** Removes the savepoint that {@code savepoint-path} in the body names. */
  @POST
  @Requires(Role.ADMIN)
  public Response dispose(String text) {
    TriggerBody body = TriggerBody.of(text, "SavepointDisposalRequest");
    String path =
        body.text("savepoint-path")
            .orElseThrow(
                () ->
                    ApiException.badRequest(
                        "Field savepoint-path must not be omitted or be null."));
    return Response.fromResponse(
            triggers.begin(
                Triggers.Kind.DISPOSAL,
                ALL,
                body.triggerId(),
                () -> dispatcher.restorePoints().dispose(path).thenApply(nothing -> Json.object())))
        .status(Response.Status.OK)
        .build();
  }

  /** How far the removal of a savepoint is. */
  @GET
  @Path("{triggerid}")
  public ObjectNode status(@PathParam("triggerid") String triggerId) {
    String trigger = PathIds.trigger(triggerId);
    return triggers
        .status(Triggers.Kind.DISPOSAL, ALL, trigger)
        .orElseThrow(
            () -> ApiException.notFound("Operation not found under key: %s".formatted(trigger)));
  }
}
