package io.weir.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.engine.Clock;
import io.weir.job.Dispatcher;
import io.weir.job.snapshots.OrphanReport;
import io.weir.job.surroundings.CatalogException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Semaphore;

/**
 * What is in the directories of checkpoints and belongs to nothing. {@code grace} says how long
 * something must have been left alone to count, in milliseconds.
 */
@Path("/weir/v1/orphans")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class OrphansResource {
  private static final Duration DEFAULT_GRACE = Duration.ofHours(1);

  /** A search may take long. */
  private static final Semaphore SEARCHES = new Semaphore(1);

  /** Removals are not of a job. */
  private static final String ALL = "";

  @Inject private Dispatcher dispatcher;
  @Inject private Triggers triggers;
  @Inject private Clock clock;

  /** What a removal would remove, and why; changes nothing. Reads the listings of all storages. */
  @GET
  public ObjectNode find(@QueryParam("grace") String grace) throws CatalogException {
    Duration patience = grace(grace);
    if (!SEARCHES.tryAcquire()) {
      throw ApiException.of(503, "Somebody else searches already, which may take long. Try later.");
    }
    try {
      return json(dispatcher.restorePoints().orphans(patience));
    } finally {
      SEARCHES.release();
    }
  }

  /** Removes it in the background, slowly; the answer names where the result will be. */
  @DELETE
  @Requires(Role.ADMIN)
  public Response remove(@QueryParam("grace") String grace) {
    Duration patience = grace(grace);
    return triggers.begin(
        Triggers.Kind.ORPHANS,
        ALL,
        UUID.randomUUID().toString().replace("-", ""),
        () -> dispatcher.restorePoints().removeOrphans(patience).thenApply(this::json));
  }

  /** What has become of a removal: what it removed, and what it could not. */
  @GET
  @Path("{triggerid}")
  public ObjectNode status(@PathParam("triggerid") String triggerId) {
    String trigger = PathIds.trigger(triggerId);
    return triggers
        .status(Triggers.Kind.ORPHANS, ALL, trigger)
        .orElseThrow(
            () ->
                ApiException.notFound(
                    "There is no removal of orphans with triggerId=%s.".formatted(trigger)));
  }

  private static Duration grace(String text) {
    return text == null
        ? DEFAULT_GRACE
        : Duration.ofMillis(Math.max(0, QueryValues.number("grace", text)));
  }

  private ObjectNode json(OrphanReport report) {
    long now = clock.nowMillis();
    ObjectNode answer =
        Json.object().put("count", report.found().size()).put("size", report.sizeBytes());
    ArrayNode orphans = answer.putArray("orphans");
    for (OrphanReport.Found each : report.found()) {
      orphans
          .addObject()
          .put("location", each.location())
          .put("job_name", each.jobName())
          .put("kind", each.orphan().isDirectory() ? "checkpoint" : "shared-file")
          .put("size", each.orphan().sizeBytes())
          .put("modified_timestamp", each.orphan().modifiedMillis())
          .put("age", Math.max(0, now - each.orphan().modifiedMillis()))
          .put("why", each.why());
    }
    ArrayNode notes = answer.putArray("notes");
    report.notes().forEach(notes::add);
    return answer;
  }
}
