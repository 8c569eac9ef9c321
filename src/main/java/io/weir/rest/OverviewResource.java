package io.weir.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.engine.Clock;
import io.weir.job.surroundings.CatalogException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** All jobs at one glance: for each whether it runs, and how much would be lost if it did not. */
@Path("/weir/v1/overview")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class OverviewResource {

  @Inject private JobSummaries jobs;
  @Inject private JobLines lines;
  @Inject private Clock clock;

  /** All jobs, a line each, as the page shows them: status, failures, the last checkpoint. */
  @GET
  public ObjectNode overview() throws CatalogException {
    long now = clock.nowMillis();
    ObjectNode answer = Json.object().put("now", now).put("version", ProductVersion.text());
    ArrayNode list = answer.putArray("jobs");
    for (JobSummary job : jobs.all()) {
      list.add(lines.of(job, now));
    }
    return answer;
  }

  /** The line of one job. */
  @GET
  @Path("{jobid}")
  public ObjectNode one(@PathParam("jobid") String id) throws CatalogException {
    long now = clock.nowMillis();
    return lines.of(jobs.get(id), now).put("now", now);
  }
}
