package io.weir.rest;

import io.weir.engine.Clock;
import io.weir.job.Dispatcher;
import io.weir.job.history.DecisionRecord;
import io.weir.job.history.JobRecord;
import io.weir.job.surroundings.CatalogException;
import io.weir.snapshot.JobId;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.ext.Provider;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down who asked for a change and what the answer was: a line in the log, and, if a job is
 * meant that is known, a row among the decisions about it.
 */
@Provider
public class AuditFilter implements ContainerResponseFilter {
  private static final Logger LOG = LoggerFactory.getLogger(AuditFilter.class);
  private static final String NOBODY = "a caller who was not let in";

  @Inject private Dispatcher dispatcher;
  @Inject private Clock clock;

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (request.getMethod().equals("GET")) {
      return;
    }
    String who =
        request.getProperty(AccessFilter.CALLER) instanceof Caller caller ? caller.name() : NOBODY;
    String what = request.getMethod() + " " + printable(request.getUriInfo().getPath());
    LOG.info("Audit: {} asked for {}; answered {}", printable(who), what, response.getStatus());
    try {
      Optional<JobId> job = job(request);
      if (job.isPresent()) {
        dispatcher
            .catalog()
            .decided(
                new DecisionRecord(
                    job.get(),
                    clock.nowMillis(),
                    "request",
                    "%s asked for %s and was answered %d."
                        .formatted(printable(who), what, response.getStatus())));
      }
    } catch (CatalogException e) {
      LOG.warn("The catalog could not note the request above: {}", e.getMessage());
    }
  }

  private Optional<JobId> job(ContainerRequestContext request) throws CatalogException {
    String id = request.getUriInfo().getPathParameters().getFirst("jobid");
    String name = request.getUriInfo().getPathParameters().getFirst("name");
    if (name != null) {
      return dispatcher.catalog().jobNamed(name).map(JobRecord::id);
    }
    if (id == null) {
      return Optional.empty();
    }
    try {
      return dispatcher.catalog().job(PathIds.job(id)).map(JobRecord::id);
    } catch (ApiException e) {
      return Optional.empty();
    }
  }

  /** What a caller sends must not make lines of its own in the log. */
  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
