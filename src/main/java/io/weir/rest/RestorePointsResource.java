package io.weir.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.job.Dispatcher;
import io.weir.job.history.CheckpointRecord;
import io.weir.job.history.JobRecord;
import io.weir.job.history.Verification;
import io.weir.job.surroundings.CatalogException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a job can begin with. */
@Path("/weir/v1/jobs/{name}/restore-points")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class RestorePointsResource {
  /** Older runs and snapshots are still in the history of their jobs. */
  private static final int MOST_RUNS = 20;

  private static final int MOST_POINTS = 200;

  @Inject private Dispatcher dispatcher;

  /**
   * The completed checkpoints and savepoints, not removed, of all runs of a name, newest run first;
   * a snapshot that a run has taken over from another is listed once, with the newer run.
   */
  @GET
  public ObjectNode list(@PathParam("name") String name) throws CatalogException {
    List<JobRecord> runs =
        dispatcher.catalog().jobs().stream()
            .filter(job -> job.name().equals(name))
            .limit(MOST_RUNS)
            .toList();
    if (runs.isEmpty()) {
      throw ApiException.notFound("There is no job named '%s'.".formatted(name));
    }
    ObjectNode answer = Json.object().put("name", name);
    ArrayNode points = answer.putArray("restore-points");
    Set<String> listed = new HashSet<>();
    for (JobRecord run : runs) {
      for (CheckpointRecord point : dispatcher.catalog().restorePoints(run.id())) {
        if (listed.size() < MOST_POINTS && listed.add(point.path())) {
          points.add(json(point));
        }
      }
    }
    return answer;
  }

  private static ObjectNode json(CheckpointRecord point) {
    Verification known = point.verification();
    return Json.object()
        .put("job", point.job().toString())
        .put("id", point.id())
        .put("kind", point.type().isSavepoint() ? "SAVEPOINT" : "CHECKPOINT")
        .put("timestamp", point.triggeredMillis())
        .put("size", point.stateBytes() + point.metadataBytes())
        .put("ownership", point.ownership().name())
        .put("pinned", point.isPinned())
        .put("label", point.label())
        .put("verified_timestamp", known == null ? -1 : known.atMillis())
        .put("damage", point.damage())
        .put("path", point.path());
  }
}
