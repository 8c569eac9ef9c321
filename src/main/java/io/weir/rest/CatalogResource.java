package io.weir.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.job.Dispatcher;
import io.weir.job.snapshots.RebuildReport;
import io.weir.job.surroundings.CatalogException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** The catalog, after its database was lost. */
@Path("/weir/v1/catalog")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class CatalogResource {
  @Inject private Dispatcher dispatcher;

  /**
   * Writes into the catalog what the directories of checkpoints and savepoints tell of jobs; starts
   * nothing, changes nothing that the catalog knows, and may be repeated. {@code {"directory":
   * "…"}} names one more to be searched. Reads the metadata of every snapshot.
   */
  @POST
  @Requires(Role.ADMIN)
  @Path("rebuild")
  public ObjectNode rebuild(String text) throws CatalogException {
    TriggerBody body = TriggerBody.of(text, "RebuildRequestBody");
    List<String> more = body.text("directory").map(List::of).orElse(List.of());
    return json(dispatcher.restorePoints().rebuildCatalog(more));
  }

  private static ObjectNode json(RebuildReport report) {
    ObjectNode answer = Json.object();
    add(answer.putArray("directories"), report.directories());
    answer.put("snapshots", report.snapshots());
    add(answer.putArray("added"), report.added());
    add(answer.putArray("notes"), report.notes());
    return answer;
  }

  private static void add(ArrayNode array, List<String> texts) {
    texts.forEach(array::add);
  }
}
