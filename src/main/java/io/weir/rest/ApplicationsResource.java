package io.weir.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.api.environment.JobStatus;
import io.weir.engine.Clock;
import io.weir.job.surroundings.CatalogException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Flink's applications: each job is one of its own, under its own id. */
@Path("/applications")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class ApplicationsResource {

  @Inject private JobSummaries jobs;
  @Inject private Clock clock;

  /** All applications; an application is a job. */
  @GET
  @Path("overview")
  public ObjectNode overview() {
    ObjectNode answer = Json.object();
    ArrayNode list = answer.putArray("applications");
    for (JobSummary job : jobs.all()) {
      ObjectNode application = head(job);
      application.putObject("jobs").put(job.status().name(), 1);
      list.add(application);
    }
    return answer;
  }

  /** One application with its job. */
  @GET
  @Path("{applicationid}")
  public ObjectNode one(@PathParam("applicationid") String id) throws CatalogException {
    JobSummary job =
        jobs.find(PathIds.application(id))
            .orElseThrow(() -> ApiException.notFound("Application " + id + " not found"));
    ObjectNode answer = head(job);
    ObjectNode timestamps = answer.putObject("timestamps");
    for (JobStatus status : JobStatus.values()) {
      timestamps.put(status.name(), job.statusSince().getOrDefault(status, 0L));
    }
    answer.putArray("jobs").add(JobJson.overview(job, clock.nowMillis()));
    return answer;
  }

  private ObjectNode head(JobSummary job) {
    return Json.object()
        .put("id", job.id().toString())
        .put("name", job.name())
        .put("status", status(job.status()))
        .put("start-time", job.startMillis())
        .put("end-time", job.endMillis())
        .put("duration", job.durationMillis(clock.nowMillis()));
  }

  /** Applications have fewer states than jobs, and one is spelt in another way. */
  private static String status(JobStatus status) {
    return switch (status) {
      case INITIALIZING, CREATED -> "CREATED";
      case CANCELLING -> "CANCELING";
      case CANCELED -> "CANCELED";
      case FAILING -> "FAILING";
      case FAILED -> "FAILED";
      case FINISHED -> "FINISHED";
      default -> "RUNNING";
    };
  }
}
