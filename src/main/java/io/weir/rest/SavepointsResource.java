package io.weir.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.job.Dispatcher;
import io.weir.job.SavepointRequest;
import io.weir.snapshot.JobId;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The savepoints of a job: taking one, and what has become of it. */
@Path("/jobs/{jobid}/savepoints")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class SavepointsResource {
  @PathParam("jobid")
  private String jobId;

  @Inject private Triggers triggers;
  @Inject private Dispatcher dispatcher;

  /**
   * Takes a savepoint; with {@code cancel-job} in the body the job is cancelled behind it. Accepted
   * also for a job that is not there: what went wrong stands in the trigger's status.
   */
  @POST
  @Requires(Role.OPERATOR)
  public Response trigger(String text) {
    JobId job = PathIds.job(jobId);
    TriggerBody body = TriggerBody.of(text, "SavepointTriggerRequestBody");
    SavepointRequest request = body.savepoint("target-directory");
    boolean cancelJob = body.flag("cancel-job");
    return triggers.begin(
        Triggers.Kind.SAVEPOINT,
        jobId,
        body.triggerId(),
        () -> dispatcher.savepoint(job, request, cancelJob).thenApply(SavepointsResource::taken));
  }

  /** The result of a savepoint, or of a stop with one. */
  static ObjectNode taken(String path) {
    return Json.object().put("location", path);
  }

  /** How far a savepoint is that was asked for, and where it is. */
  @GET
  @Path("{triggerid}")
  public ObjectNode status(@PathParam("triggerid") String triggerId) {
    PathIds.job(jobId);
    String trigger = PathIds.trigger(triggerId);
    return triggers
        .status(Triggers.Kind.SAVEPOINT, jobId, trigger)
        .orElseThrow(
            () ->
                ApiException.notFound(
                    "There is no savepoint operation with triggerId=%s for job %s."
                        .formatted(trigger, jobId)));
  }
}
