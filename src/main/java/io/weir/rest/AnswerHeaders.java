package io.weir.rest;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.util.Map;

/**
 * The content type that Flink's answers have, and what keeps browsers from doing more with an
 * answer than to show it. Other than Flink, answers do not allow pages of other sites to read them:
 * on the server's own machine no password stands before them.
 */
@Provider
public class AnswerHeaders implements ContainerResponseFilter {
  private static final String JSON = "application/json; charset=UTF-8";

  private static final Map<String, String> PROTECTION =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src"
              + " 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "X-Frame-Options",
          "DENY",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Cross-Origin-Opener-Policy",
          "same-origin");

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    MultivaluedMap<String, Object> headers = response.getHeaders();
    PROTECTION.forEach(headers::putSingle);
    if (MediaType.APPLICATION_JSON_TYPE.isCompatible(response.getMediaType())) {
      headers.putSingle(HttpHeaders.CONTENT_TYPE, JSON);
      headers.putSingle(HttpHeaders.CACHE_CONTROL, "no-store");
    }
  }
}
