package io.weir.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.job.CatalogException;
import io.weir.job.Dispatcher;
import io.weir.job.history.CheckpointRecord;
import io.weir.job.history.VertexRecord;
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
import java.util.NoSuchElementException;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** The checkpoints of a job: statistics, settings, details, and taking one now. */
@Path("/jobs/{jobid}/checkpoints")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class CheckpointsResource {
  private static final String TRIGGER_BODY = "CheckpointTriggerRequestBody";

  @PathParam("jobid")
  private String jobId;

  @Inject private JobSummaries jobs;
  @Inject private CheckpointStatistics statistics;
  @Inject private Triggers triggers;
  @Inject private Dispatcher dispatcher;

  @GET
  public ObjectNode statistics() throws CatalogException {
    return statistics.of(jobs.get(jobId));
  }

  @GET
  @Path("config")
  public ObjectNode config() throws CatalogException {
    return JobConfigJson.checkpoints(jobs.get(jobId));
  }

  @GET
  @Path("details/{checkpointid}")
  public ObjectNode details(@PathParam("checkpointid") String checkpointId)
      throws CatalogException {
    return CheckpointJson.details(checkpoint(checkpointId));
  }

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

  /** Accepted also for a job that is not there: what went wrong stands in the trigger's status. */
  @POST
  @Requires(Role.OPERATOR)
  public Response trigger(String body) {
    JobId job = PathIds.job(jobId);
    ObjectNode request = Json.body(body, TRIGGER_BODY);
    CheckpointType type = type(text(request, "checkpointType"));
    String trigger = text(request, "triggerId");
    if (trigger == null) {
      trigger = UUID.randomUUID().toString().replace("-", "");
    } else if (!PathIds.isTrigger(trigger)) {
      throw Json.mismatch(TRIGGER_BODY);
    }
    triggers.begin(job, trigger, () -> take(job, type));
    return Response.accepted(Json.object().put("request-id", trigger)).build();
  }

  private CompletableFuture<Long> take(JobId job, CheckpointType type) {
    try {
      return dispatcher.checkpoint(job, type);
    } catch (NoSuchElementException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static String text(ObjectNode request, String field) {
    JsonNode value = request.get(field);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isTextual()) {
      throw Json.mismatch(TRIGGER_BODY);
    }
    return value.textValue();
  }

  private static CheckpointType type(String name) {
    if (name == null) {
      return CheckpointType.CHECKPOINT;
    }
    return switch (name) {
      case "CONFIGURED" -> CheckpointType.CHECKPOINT;
      case "FULL" -> CheckpointType.FULL_CHECKPOINT;
      case "INCREMENTAL" ->
          throw ApiException.badRequest(
              "A checkpoint cannot be made incremental on request. Use CONFIGURED or FULL.");
      default -> throw Json.mismatch(TRIGGER_BODY);
    };
  }

  @GET
  @Path("{triggerid}")
  public ObjectNode triggerStatus(@PathParam("triggerid") String triggerId) {
    String trigger = PathIds.trigger(triggerId);
    JobId job = PathIds.job(jobId);
    return triggers
        .status(job, trigger)
        .orElseThrow(
            () ->
                ApiException.notFound(
                    "There is no checkpoint operation with triggerId=%s for job %s."
                        .formatted(trigger, jobId)));
  }
}
