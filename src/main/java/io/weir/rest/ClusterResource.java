package io.weir.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.api.environment.JobStatus;
import io.weir.job.Dispatcher;
import io.weir.plan.SlotPool;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;

/** The server as a whole, which Flink's clients take for a cluster. */
@Path("/")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class ClusterResource {
  private static final int REFRESH_MILLIS = 3_000;

  @Inject private JobSummaries jobs;
  @Inject private Dispatcher dispatcher;

  /** Version, time zone, and what the page may do. */
  @GET
  @Path("config")
  public ObjectNode config() {
    ZonedDateTime now = ZonedDateTime.now(ZoneId.systemDefault());
    ObjectNode config =
        Json.object()
            .put("refresh-interval", REFRESH_MILLIS)
            .put("timezone-name", now.getZone().getDisplayName(TextStyle.FULL, Locale.ENGLISH))
            .put("timezone-offset", now.getOffset().getTotalSeconds() * 1000)
            .put("flink-version", ProductVersion.text())
            .put("flink-revision", ProductVersion.text());
    config
        .putObject("features")
        .put("web-submit", false)
        .put("web-cancel", true)
        .put("web-rescale", false)
        .put("web-history", false);
    return config;
  }

  /**
   * The server as a cluster: task managers, slots, jobs by how they stand. Without a configured
   * number of slots there are as many as jobs have.
   */
  @GET
  @Path("overview")
  public ObjectNode overview() {
    List<JobSummary> all = jobs.all();
    SlotPool slots = dispatcher.taskManagers().pool();
    return Json.object()
        .put("taskmanagers", slots.taskManagers().size())
        .put("slots-total", slots.total())
        .put("slots-available", slots.free())
        .put("jobs-running", all.stream().filter(job -> !job.status().isTerminalState()).count())
        .put("jobs-finished", count(all, JobStatus.FINISHED))
        .put("jobs-cancelled", count(all, JobStatus.CANCELED))
        .put("jobs-failed", count(all, JobStatus.FAILED))
        .put("flink-version", ProductVersion.text())
        .put("flink-commit", ProductVersion.text());
  }

  private static long count(List<JobSummary> jobs, JobStatus status) {
    return jobs.stream().filter(job -> job.status() == status).count();
  }
}
