package io.weir.rest;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;

/** The headers that Flink's answers have. */
@Provider
public class AnswerHeaders implements ContainerResponseFilter {
  private static final String JSON = "application/json; charset=UTF-8";

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    response.getHeaders().putSingle("Access-Control-Allow-Origin", "*");
    if (MediaType.APPLICATION_JSON_TYPE.isCompatible(response.getMediaType())) {
      response.getHeaders().putSingle(HttpHeaders.CONTENT_TYPE, JSON);
    }
  }
}
