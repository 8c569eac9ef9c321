package io.weir.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.job.Dispatcher;
import io.weir.job.history.CheckpointRecord;
import io.weir.job.history.VertexRecord;
import io.weir.job.surroundings.CatalogException;
import io.weir.snapshot.CheckpointType;
import io.weir.snapshot.JobId;
import io.weir.snapshot.VertexId;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The checkpoints of a job: statistics, settings, details, and taking one now. */
@Path("/jobs/{jobid}/checkpoints")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class CheckpointsResource {
  @PathParam("jobid")
  private String jobId;

  @Inject private JobSummaries jobs;
  @Inject private CheckpointStatistics statistics;
  @Inject private Triggers triggers;
  @Inject private Dispatcher dispatcher;

  /** Counts, summary, the newest of each kind, and the newest checkpoints. */
  @GET
  public ObjectNode statistics() throws CatalogException {
    return statistics.of(jobs.get(jobId));
  }

  /** How the job takes checkpoints. */
  @GET
  @Path("config")
  public ObjectNode config() throws CatalogException {
    return JobConfigJson.checkpoints(jobs.get(jobId));
  }

  /** One checkpoint with a line for every vertex. */
  @GET
  @Path("details/{checkpointid}")
  public ObjectNode details(@PathParam("checkpointid") String checkpointId)
      throws CatalogException {
    return CheckpointJson.details(checkpoint(checkpointId));
  }

  /** What one checkpoint was for each subtask of a vertex. */
  @GET
  @Path("details/{checkpointid}/subtasks/{vertexid}")
  public ObjectNode subtasks(
      @PathParam("checkpointid") String checkpointId, @PathParam("vertexid") String vertexId)
      throws CatalogException {
    VertexId id = PathIds.vertex(vertexId);
    CheckpointRecord checkpoint = checkpoint(checkpointId);
    VertexRecord vertex =
        checkpoint.vertices().stream()
            .filter(candidate -> candidate.id().equals(id))
            .findFirst()
            .orElseThrow(
                () ->
                    ApiException.notFound(
                        "There is no checkpoint statistics for task " + vertexId + "."));
    return CheckpointJson.subtasks(checkpoint, vertex);
  }

  private CheckpointRecord checkpoint(String checkpointId) throws CatalogException {
    long id = PathIds.checkpoint(checkpointId);
    JobSummary job = jobs.get(jobId);
    return dispatcher
        .catalog()
        .checkpoint(job.id(), id)
        .map(row -> CheckpointStatistics.withLiveFigures(job, row))
        .orElseThrow(
            () ->
                ApiException.notFound(
                    "Could not find checkpointing statistics for checkpoint " + id + "."));
  }

  /**
   * Takes a checkpoint. Accepted also for a job that is not there: what went wrong stands in the
   * trigger's status.
   */
  @POST
  @Requires(Role.OPERATOR)
  public Response trigger(String text) {
    JobId job = PathIds.job(jobId);
    TriggerBody body = TriggerBody.of(text, "CheckpointTriggerRequestBody");
    CheckpointType type = type(body);
    return triggers.begin(
        Triggers.Kind.CHECKPOINT,
        jobId,
        body.triggerId(),
        () ->
            dispatcher
                .checkpoint(job, type)
                .thenApply(id -> Json.object().put("checkpointId", id)));
  }

  private static CheckpointType type(TriggerBody body) {
    return switch (body.text("checkpointType").orElse("CONFIGURED")) {
      case "CONFIGURED" -> CheckpointType.CHECKPOINT;
      case "FULL" -> CheckpointType.FULL_CHECKPOINT;
      case "INCREMENTAL" ->
          throw ApiException.badRequest(
              "A checkpoint cannot be made incremental on request. Use CONFIGURED or FULL.");
      default -> throw body.mismatch();
    };
  }

  /** How far a checkpoint is that was asked for. */
  @GET
  @Path("{triggerid}")
  public ObjectNode triggerStatus(@PathParam("triggerid") String triggerId) {
    String trigger = PathIds.trigger(triggerId);
    PathIds.job(jobId);
    return triggers
        .status(Triggers.Kind.CHECKPOINT, jobId, trigger)
        .orElseThrow(
            () ->
                ApiException.notFound(
                    "There is no checkpoint operation with triggerId=%s for job %s."
                        .formatted(trigger, jobId)));
  }
}
