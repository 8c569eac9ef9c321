package io.weir.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.api.environment.JobStatus;
import io.weir.engine.Task;
import io.weir.job.JobView;
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
import java.util.Optional;

/** The server as a whole, which Flink's clients take for a cluster with one task manager. */
@Path("/")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class ClusterResource {
  private static final int REFRESH_MILLIS = 3_000;

  @Inject private JobSummaries jobs;

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

  /** Slots are the tasks that run: nothing limits them but the machine. */
  @GET
  @Path("overview")
  public ObjectNode overview() {
    List<JobSummary> all = jobs.all();
    long running =
        all.stream()
            .map(JobSummary::live)
            .flatMap(Optional::stream)
            .map(JobView::tasks)
            .flatMap(List::stream)
            .map(Task::state)
            .filter(state -> !state.isTerminal())
            .count();
    return Json.object()
        .put("taskmanagers", 1)
        .put("slots-total", running)
        .put("slots-available", 0)
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
