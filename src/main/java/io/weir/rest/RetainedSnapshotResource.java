package io.weir.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.job.Dispatcher;
import io.weir.job.history.CheckpointRecord;
import io.weir.job.history.CheckpointStatus;
import io.weir.job.history.Verification;
import io.weir.job.snapshots.RefusedException;
import io.weir.job.snapshots.SnapshotScrub;
import io.weir.job.surroundings.CatalogException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Whether a retained checkpoint or savepoint can be trusted, whether it stays, and its name. */
@Path("/weir/v1/checkpoints/{jobid}/{checkpointid}")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class RetainedSnapshotResource {
  @PathParam("jobid")
  private String jobId;

  @PathParam("checkpointid")
  private String checkpointId;

  @Inject private JobSummaries jobs;
  @Inject private Dispatcher dispatcher;
  @Inject private SnapshotScrub scrub;

  /**
   * What reading all of it has come to the last time: {@code UNVERIFIED}, {@code SOUND} or {@code
   * DAMAGED}, when, and what is wrong.
   */
  @GET
  @Path("verification")
  public ObjectNode verification() throws CatalogException {
    return json(retained());
  }

  /** Has it read in the background as soon as possible; the answer is what is known so far. */
  @POST
  @Requires(Role.OPERATOR)
  @Path("verification")
  public Response verify() throws CatalogException {
    CheckpointRecord snapshot = retained();
    scrub.verifySoon(snapshot.path());
    return Response.accepted(json(snapshot)).build();
  }

  /** Keeps it, whatever subsumes it, until it is unpinned. May be repeated. */
  @PUT
  @Requires(Role.OPERATOR)
  @Path("pin")
  public ObjectNode pin() throws CatalogException {
    CheckpointRecord snapshot = retained();
    try {
      dispatcher.restorePoints().pin(snapshot.job(), snapshot.id());
    } catch (RefusedException e) {
      throw ApiException.conflict(e.getMessage());
    }
    return pinned(snapshot, true);
  }

  /** Treats it like any other again: it may be removed at once. May be repeated. */
  @DELETE
  @Requires(Role.OPERATOR)
  @Path("pin")
  public ObjectNode unpin() throws CatalogException {
    CheckpointRecord snapshot = retained();
    try {
      dispatcher.restorePoints().unpin(snapshot.job(), snapshot.id());
    } catch (RefusedException e) {
      throw ApiException.conflict(e.getMessage());
    }
    return pinned(snapshot, false);
  }

  /** Calls it what {@code label} in the body says. May be repeated. */
  @PUT
  @Requires(Role.OPERATOR)
  @Path("label")
  public ObjectNode label(String text) throws CatalogException {
    TriggerBody body = TriggerBody.of(text, "LabelRequestBody");
    return labelled(body.text("label").orElseThrow(body::mismatch));
  }

  /** Takes its label away. May be repeated. */
  @DELETE
  @Requires(Role.OPERATOR)
  @Path("label")
  public ObjectNode unlabel() throws CatalogException {
    return labelled(/* label= */ null);
  }

  private ObjectNode labelled(String label) throws CatalogException {
    CheckpointRecord snapshot = retained();
    try {
      dispatcher.restorePoints().label(snapshot.job(), snapshot.id(), label);
    } catch (IllegalArgumentException e) {
      throw ApiException.badRequest(e.getMessage());
    }
    return Json.object().put("path", snapshot.path()).put("label", label);
  }

  private static ObjectNode pinned(CheckpointRecord snapshot, boolean isPinned) {
    return Json.object().put("path", snapshot.path()).put("pinned", isPinned);
  }

  private static ObjectNode json(CheckpointRecord snapshot) {
    Verification known = snapshot.verification();
    String status = known == null ? "UNVERIFIED" : known.isSound() ? "SOUND" : "DAMAGED";
    return Json.object()
        .put("path", snapshot.path())
        .put("status", status)
        .put("verified_timestamp", known == null ? -1 : known.atMillis())
        .put("damage", snapshot.damage());
  }

  private CheckpointRecord retained() throws CatalogException {
    long id = PathIds.checkpoint(checkpointId);
    CheckpointRecord snapshot =
        dispatcher
            .catalog()
            .checkpoint(jobs.get(jobId).id(), id)
            .orElseThrow(() -> ApiException.notFound("There is no checkpoint " + id + "."));
    if (snapshot.status() != CheckpointStatus.COMPLETED || snapshot.isDiscarded()) {
      throw ApiException.conflict(
          "Checkpoint %d is %s: nothing of it is retained."
              .formatted(id, snapshot.isDiscarded() ? "removed" : snapshot.status().toString()));
    }
    return snapshot;
  }
}
