package io.weir.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.inspect.SnapshotContents;
import io.weir.inspect.SnapshotExplorer;
import io.weir.inspect.StateEntry;
import io.weir.inspect.StateEntry.Position;
import io.weir.job.Dispatcher;
import io.weir.job.history.CheckpointRecord;
import io.weir.job.history.CheckpointStatus;
import io.weir.job.surroundings.CatalogException;
import io.weir.snapshot.CorruptStateException;
import io.weir.snapshot.SchemaTree;
import io.weir.state.StateException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.Semaphore;

/**
 * What is in a completed checkpoint or savepoint that the catalog knows. An operator is named by
 * its uid or id. Numbers and names may be seen by all who may see anything; values are the business
 * of those who operate the job.
 */
@Path("/weir/v1/checkpoints/{jobid}/{checkpointid}/state")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class CheckpointStateResource {
  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LIMIT = SnapshotExplorer.MOST_ENTRIES;

  /** Of those that read state; they may take long. */
  private static final int MOST_AT_ONCE = 2;

  private static final Semaphore PERMITS = new Semaphore(MOST_AT_ONCE);

  @PathParam("jobid")
  private String jobId;

  @PathParam("checkpointid")
  private String checkpointId;

  @Inject private JobSummaries jobs;
  @Inject private Dispatcher dispatcher;
  @Inject private SnapshotExplorer explorer;

  /** Something that is read out of a snapshot. */
  @FunctionalInterface
  private interface Look<T> {
    T take() throws IOException, CatalogException;
  }

  /** All operators and their states, with kinds, types and sizes; reads the metadata only. */
  @GET
  public ObjectNode contents() throws CatalogException {
    String path = path(jobId, checkpointId);
    SnapshotContents contents = answered(() -> explorer.contents(path));
    ObjectNode answer =
        Json.object()
            .put("path", path)
            .put("kind", contents.metadata().kind().name())
            .put("format", contents.metadata().format().name())
            .put("timestamp", contents.metadata().timestampMillis())
            .put("size", contents.metadata().sizeBytes());
    ArrayNode operators = answer.putArray("operators");
    contents.operators().forEach(operator -> operators.add(json(operator)));
    return answer;
  }

  private static ObjectNode json(SnapshotContents.Operator operator) {
    ObjectNode node =
        Json.object()
            .put("id", operator.state().id().toString())
            .put("uid", operator.state().uid())
            .put("name", operator.state().name())
            .put("parallelism", operator.state().parallelism())
            .put("max_parallelism", operator.state().maxParallelism())
            .put("finished_subtasks", operator.state().finishedSubtasks().size())
            .put("keyed_size", operator.keyedBytes())
            .put("operator_size", operator.operatorBytes())
            .put("in_flight_size", operator.inFlightBytes());
    ArrayNode states = node.putArray("states");
    for (SnapshotContents.State state : operator.states()) {
      ObjectNode types = Json.object();
      state
          .description()
          .schemas()
          .forEach((role, schema) -> types.set(role, Json.tree(SchemaTree.toTree(schema))));
      ObjectNode entry =
          states
              .addObject()
              .put("name", state.description().name())
              .put("kind", state.description().kind().name())
              .put("subtasks", state.subtasks());
      if (state.elements() >= 0) {
        entry.put("elements", state.elements());
      }
      entry.set("types", types);
    }
    return node;
  }

  /** The largest key groups of a keyed state, largest first. */
  @GET
  @Path("key-groups")
  public ObjectNode keyGroups(
      @QueryParam("operator") String operator,
      @QueryParam("state") String state,
      @QueryParam("limit") String limit)
      throws CatalogException {
    requireNamed(operator, state);
    String path = path(jobId, checkpointId);
    int most = limit(limit);
    List<StateEntry.KeyGroupSize> largest =
        read(() -> explorer.largestKeyGroups(path, operator, state, most));
    ObjectNode answer = Json.object();
    answer.set("key_groups", Json.tree(largest));
    return answer;
  }

  /**
   * Some entries of a state, or those of a key: its text, or JSON if it has parts. {@code next} is
   * where to go on, as {@code part} and {@code skip}; null at the end.
   */
  @GET
  @Requires(Role.OPERATOR)
  @Path("entries")
  public ObjectNode entries(
      @QueryParam("operator") String operator,
      @QueryParam("state") String state,
      @QueryParam("key") String key,
      @QueryParam("part") String part,
      @QueryParam("skip") String skip,
      @QueryParam("limit") String limit)
      throws CatalogException {
    requireNamed(operator, state);
    String path = path(jobId, checkpointId);
    ObjectNode answer = Json.object();
    if (key != null) {
      Object tree = Json.value(key);
      answer.set("entries", Json.tree(read(() -> explorer.lookUp(path, operator, state, tree))));
      return answer.putNull("next");
    }
    Position from =
        new Position(
            (int) Math.max(0, Math.min(Integer.MAX_VALUE, number("part", part))),
            Math.max(0, number("skip", skip)));
    int most = limit(limit);
    StateEntry.Page page = read(() -> explorer.entries(path, operator, state, from, most));
    answer.set("entries", Json.tree(page.entries()));
    answer.set("next", Json.tree(page.next()));
    return answer;
  }

  /**
   * How a keyed state differs from what it was in another snapshot: {@code since} names the other
   * checkpoint, {@code sinceJob} its job if that is another one.
   */
  @GET
  @Requires(Role.OPERATOR)
  @Path("difference")
  public ObjectNode difference(
      @QueryParam("operator") String operator,
      @QueryParam("state") String state,
      @QueryParam("since") String since,
      @QueryParam("sinceJob") String sinceJob,
      @QueryParam("limit") String limit)
      throws CatalogException {
    requireNamed(operator, state);
    if (since == null) {
      throw ApiException.badRequest("Name the older checkpoint: ?since=<id>.");
    }
    String after = path(jobId, checkpointId);
    String before = path(sinceJob == null ? jobId : sinceJob, since);
    int most = limit(limit);
    StateEntry.Difference difference =
        read(() -> explorer.difference(before, after, operator, state, most));
    ObjectNode answer = Json.object();
    answer.set("counts", Json.tree(difference.counts()));
    answer.set("samples", Json.tree(difference.samples()));
    return answer;
  }

  private static void requireNamed(String operator, String state) {
    if (operator == null || state == null) {
      throw ApiException.badRequest("Name operator and state: ?operator=<uid or id>&state=<name>.");
    }
  }

  private static long number(String name, String text) {
    return text == null ? 0 : QueryValues.number(name, text);
  }

  private static int limit(String text) {
    return text == null
        ? DEFAULT_LIMIT
        : (int) Math.min(MAX_LIMIT, Math.max(1, QueryValues.number("limit", text)));
  }

  /** Where a completed snapshot of a job is. */
  private String path(String job, String checkpoint) throws CatalogException {
    long id = PathIds.checkpoint(checkpoint);
    CheckpointRecord row =
        dispatcher
            .catalog()
            .checkpoint(jobs.get(job).id(), id)
            .orElseThrow(() -> ApiException.notFound("There is no checkpoint " + id + "."));
    if (row.status() != CheckpointStatus.COMPLETED || row.path() == null) {
      throw ApiException.conflict(
          "Checkpoint %d is %s: there is nothing to look into.".formatted(id, row.status()));
    }
    return row.path();
  }

  /** Takes a look that may take long: only some at a time. */
  private static <T> T read(Look<T> look) throws CatalogException {
    if (!PERMITS.tryAcquire()) {
      throw ApiException.of(
          503,
          "%d others look into snapshots already, which may take long. Try again later."
              .formatted(MOST_AT_ONCE));
    }
    try {
      return answered(look);
    } finally {
      PERMITS.release();
    }
  }

  private static <T> T answered(Look<T> look) throws CatalogException {
    try {
      return look.take();
    } catch (NoSuchElementException e) {
      throw ApiException.notFound(e.getMessage());
    } catch (NoSuchFileException e) {
      throw ApiException.notFound("The snapshot is gone: " + e.getMessage());
    } catch (CorruptStateException | StateException | IllegalArgumentException e) {
      throw ApiException.of(422, e.getMessage());
    } catch (IOException e) {
      throw ApiException.of(503, "Storage cannot be read: " + e.getMessage());
    }
  }
}
