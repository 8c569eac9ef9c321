package io.weir.rest;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.ext.Provider;
import java.util.Set;

/**
 * Brings the spellings of a path together: each exists plainly and below {@code /v1}, with and
 * without a slash at its end. {@code HEAD} and {@code OPTIONS} are unknown, as in Flink; without an
 * answer to {@code OPTIONS}, pages of other origins cannot cancel a job.
 */
@Provider
@PreMatching
public class RequestNormalizer implements ContainerRequestFilter {
  private static final Set<String> UNKNOWN_METHODS = Set.of("HEAD", "OPTIONS");

  @Override
  public void filter(ContainerRequestContext request) {
    String path = request.getUriInfo().getPath();
    if (UNKNOWN_METHODS.contains(request.getMethod())) {
      request.abortWith(ErrorMapper.answer(404, "Not found: " + path));
      return;
    }
    String normal = normalize(path);
    if (!normal.equals(path)) {
      request.setRequestUri(
          UriBuilder.fromUri(request.getUriInfo().getBaseUri())
              .path(normal)
              .replaceQuery(request.getUriInfo().getRequestUri().getRawQuery())
              .build());
    }
  }

  static String normalize(String path) {
    String normal = path.startsWith("/") ? path : "/" + path;
    while (normal.length() > 1 && normal.endsWith("/")) {
      normal = normal.substring(0, normal.length() - 1);
    }
    if (normal.equals("/v1")) {
      return "/";
    }
    return normal.startsWith("/v1/") ? normal.substring("/v1".length()) : normal;
  }
}
