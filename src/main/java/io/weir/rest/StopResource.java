package io.weir.rest;

import io.weir.job.Dispatcher;
import io.weir.job.SavepointRequest;
import io.weir.snapshot.JobId;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Stops a job with a savepoint; what has become of it is asked as for other savepoints. */
@Path("/jobs/{jobid}/stop")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class StopResource {
  @PathParam("jobid")
  private String jobId;

  @Inject private Triggers triggers;
  @Inject private Dispatcher dispatcher;

  /**
   * Stops a job with a savepoint. Accepted also for a job that is not there: what went wrong stands
   * in the trigger's status.
   */
  @POST
  @Requires(Role.OPERATOR)
  public Response stop(String text) {
    JobId job = PathIds.job(jobId);
    TriggerBody body = TriggerBody.of(text, "StopWithSavepointRequestBody");
    SavepointRequest request = body.savepoint("targetDirectory");
    boolean drain = body.flag("drain");
    return triggers.begin(
        Triggers.Kind.SAVEPOINT,
        jobId,
        body.triggerId(),
        () ->
            dispatcher.stopWithSavepoint(job, drain, request).thenApply(SavepointsResource::taken));
  }
}
