package io.weir.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.job.Dispatcher;
import io.weir.job.history.CheckpointRecord;
import io.weir.job.surroundings.CatalogException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** How large each state is in a checkpoint or savepoint; Flink tells it of vertices only. */
@Path("/weir/v1/checkpoints/{jobid}/{checkpointid}/sizes")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class CheckpointSizesResource {
  @Inject private JobSummaries jobs;
  @Inject private Dispatcher dispatcher;

  /**
   * Every operator that has state: what was written for this checkpoint and what a restore reads,
   * in each of its states, largest first, and in all that is of no state. Those add up to the
   * operator, and the operators to the checkpoint. One in progress has what was acknowledged so
   * far; of one that an older version has taken, or that was only found in storage, there is none.
   */
  @GET
  public ObjectNode sizes(
      @PathParam("jobid") String jobId, @PathParam("checkpointid") String checkpointId)
      throws CatalogException {
    long id = PathIds.checkpoint(checkpointId);
    JobSummary job = jobs.get(jobId);
    CheckpointRecord checkpoint =
        dispatcher
            .catalog()
            .checkpoint(job.id(), id)
            .map(row -> CheckpointStatistics.withLiveFigures(job, row))
            .orElseThrow(() -> ApiException.notFound("There is no checkpoint " + id + "."));
    ObjectNode answer =
        Json.object()
            .put("id", id)
            .put("status", checkpoint.status().name())
            .put("checkpointed_size", CheckpointJson.checkpointedSize(checkpoint))
            .put("state_size", CheckpointJson.stateSize(checkpoint));
    ArrayNode operators = answer.putArray("operators");
    checkpoint
        .vertices()
        .forEach(
            vertex ->
                vertex
                    .operators()
                    .forEach(operator -> operators.add(OperatorSizesJson.of(vertex, operator))));
    return answer;
  }
}
