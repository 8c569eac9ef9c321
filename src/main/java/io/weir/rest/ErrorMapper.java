package io.weir.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.job.surroundings.CatalogException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every error as {@code {"errors": [...]}} and nothing else: by that key alone a client of Flink
 * tells an error from an answer. It also keeps the container's own mapper away, which puts messages
 * into headers and fails where they have a line break.
 */
@Provider
public class ErrorMapper implements ExceptionMapper<Throwable> {
  private static final Logger LOG = LoggerFactory.getLogger(ErrorMapper.class);

  @Context private UriInfo uri;
  @Context private Request request;

  @Override
  public Response toResponse(Throwable thrown) {
    if (thrown instanceof ApiException known) {
      return known.status() == 500
          ? internal(known.getMessage())
          : answer(known.status(), known.getMessage());
    }
    if (thrown instanceof NotFoundException || thrown instanceof NotAllowedException) {
      return answer(404, unknownPath());
    }
    if (thrown instanceof WebApplicationException http) {
      return answer(http.getResponse().getStatus(), http.getMessage());
    }
    if (thrown instanceof CatalogException) {
      LOG.warn("A request could not be answered: {}", thrown.getMessage());
      return answer(503, thrown.getMessage());
    }
    LOG.error("A request has failed", thrown);
    return internal(stackTrace(thrown));
  }

  private static Response internal(String text) {
    return answer(
        500,
        "Internal server error.",
        "<Exception on server side:\n" + text + "\nEnd of exception on server side>");
  }

  private String unknownPath() {
    String path = "/" + uri.getPath().replaceFirst("^/", "");
    return request.getMethod().equals("GET")
        ? "Unable to load requested file " + path + "."
        : "Not found: " + path;
  }

  static Response answer(int status, String... errors) {
    ObjectNode body = Json.object();
    for (String error : errors) {
      body.withArray("/errors").add(error);
    }
    return Response.status(status).type(MediaType.APPLICATION_JSON_TYPE).entity(body).build();
  }

  private static String stackTrace(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
