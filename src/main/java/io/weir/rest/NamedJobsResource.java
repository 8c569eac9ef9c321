package io.weir.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.api.environment.JobStatus;
import io.weir.config.RecoveryClaimMode;
import io.weir.config.StartFrom;
import io.weir.engine.Clock;
import io.weir.job.Dispatcher;
import io.weir.job.SavepointRequest;
import io.weir.job.description.StartRequest;
import io.weir.job.history.DecisionRecord;
import io.weir.job.surroundings.CatalogException;
import io.weir.job.surroundings.JobNameTakenException;
import io.weir.plan.PlannedEdge;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The jobs that are deployed here, by the names under which they are started and stopped. */
@Path("/weir/v1/jobs")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class NamedJobsResource {
  private static final int DECISIONS = 100;
  private static final long MOST_SECONDS_TO_END = 20;

  @Inject private JobSummaries jobs;
  @Inject private Dispatcher dispatcher;
  @Inject private Triggers triggers;
  @Inject private Clock clock;

  /** All names that can be started, each with the newest job of that name. */
  @GET
  public ObjectNode list() throws CatalogException {
    ObjectNode answer = Json.object();
    ArrayNode list = answer.putArray("jobs");
    for (String name : dispatcher.definitions().names()) {
      ObjectNode entry = list.addObject().put("name", name);
      Optional<JobSummary> newest =
          dispatcher.catalog().jobNamed(name).isPresent()
              ? Optional.of(jobs.named(name))
              : Optional.empty();
      newest.ifPresent(
          job -> entry.put("id", job.id().toString()).put("status", job.status().name()));
    }
    return answer;
  }

  /**
   * The newest job of a name, with the reasons of what was done to it, and while this server runs
   * it with the edges of its graph: {@code supports_unaligned} says where barriers may overtake
   * records.
   */
  @GET
  @Path("{name}")
  public ObjectNode get(@PathParam("name") String name) throws CatalogException {
    JobSummary job = jobs.named(name);
    ObjectNode answer = state(job);
    ArrayNode decisions = answer.putArray("decisions");
    for (DecisionRecord decision : dispatcher.catalog().decisions(job.id(), DECISIONS)) {
      decisions
          .addObject()
          .put("timestamp", decision.timestampMillis())
          .put("what", decision.what())
          .put("why", decision.why());
    }
    ArrayNode edges = answer.putArray("edges");
    job.live().ifPresent(view -> view.plan().edges().forEach(edge -> edges.add(json(edge))));
    return answer;
  }

  private static ObjectNode json(PlannedEdge edge) {
    return Json.object()
        .put("source", edge.source().toString())
        .put("target", edge.target().toString())
        .put("ship_strategy", edge.partitioning().label())
        .put("supports_unaligned", edge.supportsUnaligned());
  }

  private static ObjectNode state(JobSummary job) {
    return Json.object()
        .put("name", job.name())
        .put("id", job.id().toString())
        .put("status", job.status().name());
  }

  /**
   * Starts a job: it goes on, or a new run begins with what the runs before it have left. The body
   * may say otherwise: {@code {"from": "nothing" | "latest" | "latest-checkpoint" |
   * "latest-savepoint" | a path, "claimMode": "CLAIM" | "NO_CLAIM", "allowNonRestoredState":
   * true}}.
   */
  @POST
  @Requires(Role.OPERATOR)
  @Path("{name}/start")
  public Response start(@PathParam("name") String name, String text) throws Exception {
    StartRequest request = request(TriggerBody.of(text, "StartRequestBody"));
    requireDefined(name);
    awaitEndOf(name);
    try {
      dispatcher.start(name, request);
    } catch (CatalogException e) {
      throw e;
    } catch (JobNameTakenException e) {
      throw ApiException.conflict(e.getMessage());
    } catch (Exception e) {
      throw refused(name, e);
    }
    return Response.accepted(state(jobs.named(name))).build();
  }

  /** Who has just been told that the job has ended may start it at once. */
  private void awaitEndOf(String name) throws Exception {
    try {
      Void unused = dispatcher.settled(name).get(MOST_SECONDS_TO_END, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      // the start says why it is refused
    }
  }

  /**
   * Tells what starting would come to, for each operator and state, also while the job runs;
   * starts, stops and changes nothing. The body is that of a start; {@code "openFunctions": true}
   * lets the job's functions open once, so that they name their states: whatever else they do when
   * they open, they do.
   */
  @POST
  @Requires(Role.OPERATOR)
  @Path("{name}/dry-run")
  public ObjectNode dryRun(@PathParam("name") String name, String text) throws CatalogException {
    TriggerBody body = TriggerBody.of(text, "DryRunRequestBody");
    StartRequest request = request(body);
    boolean openFunctions = body.flag("openFunctions");
    requireDefined(name);
    try {
      return RestoreReportJson.of(dispatcher.dryRun(name, request, openFunctions));
    } catch (CatalogException e) {
      throw e;
    } catch (Exception e) {
      throw refused(name, e);
    }
  }

  private void requireDefined(String name) {
    if (!dispatcher.definitions().names().contains(name)) {
      throw ApiException.notFound(
          "There is no job named '%s' in this server; there are %s."
              .formatted(name, dispatcher.definitions().names()));
    }
  }

  /** Its configuration or its description is wrong, and the message says how. */
  private static ApiException refused(String name, Exception why) {
    return ApiException.of(422, "Job '%s' is refused: %s".formatted(name, why.getMessage()));
  }

  private static StartRequest request(TriggerBody body) {
    RecoveryClaimMode claimMode =
        switch (body.text("claimMode").orElse("NO_CLAIM")) {
          case "CLAIM" -> RecoveryClaimMode.CLAIM;
          case "NO_CLAIM" -> RecoveryClaimMode.NO_CLAIM;
          default -> throw body.mismatch();
        };
    StartRequest request =
        body.text("from")
            .map(
                from ->
                    switch (from) {
                      case "latest" -> StartRequest.from(StartFrom.LATEST);
                      case "latest-checkpoint" -> StartRequest.from(StartFrom.LATEST_CHECKPOINT);
                      case "latest-savepoint" -> StartRequest.from(StartFrom.LATEST_SAVEPOINT);
                      case "nothing" -> StartRequest.from(StartFrom.NOTHING);
                      default -> StartRequest.from(from, claimMode);
                    })
            .orElse(StartRequest.GO_ON);
    return body.flag("allowNonRestoredState") ? request.allowingNonRestoredState() : request;
  }

  /** The same as starting: a suspended job goes on with its state. */
  @POST
  @Requires(Role.OPERATOR)
  @Path("{name}/resume")
  public Response resume(@PathParam("name") String name, String text) throws Exception {
    return start(name, text);
  }

  /** Stops a job with a last checkpoint, so that it can be resumed. */
  @POST
  @Requires(Role.OPERATOR)
  @Path("{name}/suspend")
  public Response suspend(@PathParam("name") String name) throws CatalogException {
    JobSummary job = jobs.named(name);
    if (job.live().isEmpty() || job.status().isTerminalState()) {
      throw ApiException.conflict(
          "Job '%s' is %s here and cannot be suspended.".formatted(name, job.status()));
    }
    // the caller has its answer at once, and sees the end in the job's status
    CompletableFuture<JobStatus> unused = dispatcher.suspend(job.id());
    return Response.accepted(state(job)).build();
  }

  /**
   * Takes a savepoint, behind which the job goes on. The body may say {@code {"targetDirectory": a
   * directory, "label": what it is to be called}}. What has become of it is asked for at {@code
   * /jobs/<id>/savepoints/<request-id>}.
   */
  @POST
  @Requires(Role.OPERATOR)
  @Path("{name}/savepoints")
  public Response savepoint(@PathParam("name") String name, String text) throws CatalogException {
    JobSummary job = jobs.named(name);
    TriggerBody body = TriggerBody.of(text, "SavepointRequestBody");
    SavepointRequest request = body.savepoint("targetDirectory");
    return triggers.begin(
        Triggers.Kind.SAVEPOINT,
        job.id().toString(),
        body.triggerId(),
        () ->
            dispatcher
                .savepoint(job.id(), request, /* cancelJob= */ false)
                .thenApply(SavepointsResource::taken));
  }

  /** Ends a job for good. */
  @POST
  @Requires(Role.OPERATOR)
  @Path("{name}/cancel")
  public Response cancel(@PathParam("name") String name) throws CatalogException {
    JobSummary job = jobs.named(name);
    if (job.status().isGloballyTerminalState()) {
      throw ApiException.conflict(
          "Job '%s' has ended already: it is %s.".formatted(name, job.status()));
    }
    Cancellation.of(dispatcher, job, clock.nowMillis());
    return Response.accepted(state(job)).build();
  }
}
