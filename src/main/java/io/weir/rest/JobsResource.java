package io.weir.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.api.environment.JobStatus;
import io.weir.config.Configuration;
import io.weir.config.WebOptions;
import io.weir.engine.Clock;
import io.weir.job.Dispatcher;
import io.weir.job.history.FailureRecord;
import io.weir.job.surroundings.CatalogException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Jobs: lists, details, plan, settings, failures, and their cancellation. */
@Path("/jobs")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class JobsResource {
  private static final int DEFAULT_EXCEPTIONS = 20;

  @Inject private JobSummaries jobs;
  @Inject private Dispatcher dispatcher;
  @Inject private JobMetrics metrics;
  @Inject private Clock clock;

  /** The ids of all jobs with their status. */
  @GET
  public ObjectNode ids() {
    ObjectNode answer = Json.object();
    ArrayNode list = answer.putArray("jobs");
    for (JobSummary job : jobs.all()) {
      list.addObject().put("id", job.id().toString()).put("status", job.status().name());
    }
    return answer;
  }

  /** All jobs, a line each. */
  @GET
  @Path("overview")
  public ObjectNode overview() {
    ObjectNode answer = Json.object();
    ArrayNode list = answer.putArray("jobs");
    jobs.all().forEach(job -> list.add(JobJson.overview(job, clock.nowMillis())));
    return answer;
  }

  /** The same metric of several jobs, of all unless some are named. Unknown jobs are left out. */
  @GET
  @Path("metrics")
  public ArrayNode aggregatedMetrics(
      @QueryParam("get") String get, @QueryParam("agg") String agg, @QueryParam("jobs") String ids)
      throws CatalogException {
    List<Map<String, Object>> all = new ArrayList<>();
    if (ids == null) {
      for (JobSummary job : jobs.all()) {
        all.add(metrics.of(job));
      }
    } else {
      for (String id : MetricAnswers.names(ids)) {
        Optional<JobSummary> job = jobs.find(PathIds.job(id));
        if (job.isPresent()) {
          all.add(metrics.of(job.get()));
        }
      }
    }
    return MetricAnswers.aggregated(all, get, agg);
  }

  /**
   * Figures of a job: names, or values of those that are named. Of an unknown job there are none.
   */
  @GET
  @Path("{jobid}/metrics")
  public ArrayNode metrics(@PathParam("jobid") String id, @QueryParam("get") String get)
      throws CatalogException {
    Optional<JobSummary> job = jobs.find(PathIds.job(id));
    return MetricAnswers.single(job.isPresent() ? metrics.of(job.get()) : Map.of(), get);
  }

  /** There are none: what functions count are metrics. */
  @GET
  @Path("{jobid}/accumulators")
  public ObjectNode accumulators(@PathParam("jobid") String id) throws CatalogException {
    // answered for a job that is there
    JobSummary unused = jobs.get(id);
    ObjectNode answer = Json.object();
    answer.putArray("job-accumulators");
    answer.putArray("user-task-accumulators");
    answer.putObject("serialized-user-task-accumulators");
    return answer;
  }

  /** How a job has ended, and why it failed. */
  @GET
  @Path("{jobid}/execution-result")
  public ObjectNode executionResult(@PathParam("jobid") String id) throws CatalogException {
    JobSummary job = jobs.get(id);
    List<FailureRecord> newest =
        job.status() == JobStatus.FAILED ? dispatcher.catalog().failures(job.id(), 1) : List.of();
    return ExecutionResultJson.of(job, newest, clock.nowMillis());
  }

  /** One job: status, times, vertices with their figures, plan. */
  @GET
  @Path("{jobid}")
  public ObjectNode details(@PathParam("jobid") String id) throws CatalogException {
    return JobJson.details(jobs.get(id), clock.nowMillis());
  }

  /**
   * The status of a job. An unknown job is an internal error here: so it is in Flink, and its
   * clients expect it.
   */
  @GET
  @Path("{jobid}/status")
  public ObjectNode status(@PathParam("jobid") String id) throws CatalogException {
    JobSummary job =
        jobs.find(PathIds.job(id))
            .orElseThrow(() -> ApiException.of(500, "Could not find Flink job (" + id + ")"));
    return Json.object().put("status", job.status().name());
  }

  /** The settings of a job. */
  @GET
  @Path("{jobid}/config")
  public ObjectNode config(@PathParam("jobid") String id) throws CatalogException {
    return JobConfigJson.of(jobs.get(id));
  }

  /** The vertices of a job and what joins them. */
  @GET
  @Path("{jobid}/plan")
  public ObjectNode plan(@PathParam("jobid") String id) throws CatalogException {
    ObjectNode answer = Json.object();
    answer.set("plan", PlanJson.of(jobs.get(id)));
    return answer;
  }

  /**
   * What has failed, newest first, with the task and the trace; with {@code
   * failureLabelFilter=key:value} only failures that have this label, which may be given more than
   * once.
   */
  @GET
  @Path("{jobid}/exceptions")
  public ObjectNode exceptions(
      @PathParam("jobid") String id,
      @QueryParam("maxExceptions") String maxExceptions,
      @QueryParam("failureLabelFilter") List<String> labels)
      throws CatalogException {
    JobSummary job = jobs.get(id);
    int kept =
        Configuration.fromMap(job.configuration()).get(WebOptions.MAX_EXCEPTION_HISTORY_SIZE);
    int asked =
        maxExceptions == null
            ? DEFAULT_EXCEPTIONS
            : (int) Math.max(0, QueryValues.number("maxExceptions", maxExceptions));
    FailureLabels wanted = FailureLabels.parse(labels);
    List<FailureRecord> failures =
        dispatcher.catalog().failures(job.id(), kept).stream().filter(wanted::match).toList();
    return ExceptionsJson.of(
        failures.stream().limit(asked).toList(),
        failures.size() > asked,
        failure -> job.live().flatMap(view -> view.taskManagerOf(failure)));
  }

  /** Cancels a job: {@code ?mode=cancel}. */
  @PATCH
  @Requires(Role.OPERATOR)
  @Path("{jobid}")
  public Response terminate(@PathParam("jobid") String id, @QueryParam("mode") String mode)
      throws CatalogException {
    if (mode != null && !mode.equals("cancel") && !mode.equals("stop")) {
      throw ApiException.badRequest(
          "Bad request, could not parse parameters: Cannot resolve query parameter (mode) from"
              + " value \"%s\". Allowed: cancel.".formatted(mode));
    }
    if ("stop".equals(mode)) {
      throw ApiException.of(
          308, "The termination mode \"stop\" has been removed. Use mode=cancel.");
    }
    cancel(id);
    return accepted();
  }

  private static Response accepted() {
    return Response.accepted(Json.object()).build();
  }

  private void cancel(String id) throws CatalogException {
    JobSummary job =
        jobs.find(PathIds.job(id))
            .orElseThrow(() -> ApiException.notFound("Job could not be found."));
    JobStatus status = job.status();
    if (status == JobStatus.FINISHED || status == JobStatus.FAILED) {
      throw ApiException.conflict(
          "Job cancellation failed because the job has already reached another terminal state (%s)."
              .formatted(status));
    }
    if (status != JobStatus.CANCELED) {
      Cancellation.of(dispatcher, job, clock.nowMillis());
    }
  }
}
