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
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** All checkpoints and savepoints that a job ever took, page by page; Flink shows the newest. */
@Path("/weir/v1/checkpoints/{jobid}")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class CheckpointHistoryResource {
  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LIMIT = 500;

  @Inject private JobSummaries jobs;
  @Inject private Dispatcher dispatcher;

  /**
   * One page, newest first, its entries as in Flink's history. {@code next} is what to give as
   * {@code before} to get the next older page; null on the last.
   */
  @GET
  public ObjectNode page(
      @PathParam("jobid") String jobId,
      @QueryParam("before") String before,
      @QueryParam("limit") String limit)
      throws CatalogException {
    JobSummary job = jobs.get(jobId);
    long bound = before == null ? Long.MAX_VALUE : QueryValues.number("before", before);
    int most =
        limit == null
            ? DEFAULT_LIMIT
            : (int) Math.min(MAX_LIMIT, Math.max(1, QueryValues.number("limit", limit)));
    List<CheckpointRecord> rows = dispatcher.catalog().checkpointsBefore(job.id(), bound, most + 1);
    ObjectNode answer = Json.object();
    ArrayNode history = answer.putArray("history");
    rows.stream()
        .limit(most)
        .map(row -> CheckpointStatistics.withLiveFigures(job, row))
        .forEach(row -> history.add(CheckpointJson.entry(row)));
    if (rows.size() > most) {
      answer.put("next", rows.get(most - 1).id());
    } else {
      answer.putNull("next");
    }
    return answer;
  }
}
