package io.weir.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.config.EffectiveConfiguration;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The server's configuration: what is in force, where it is from, and what is wrong with it. */
@Path("/weir/v1/configuration")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class ConfigurationResource {

  @Inject private EffectiveConfiguration configuration;

  /**
   * Every key with its value, its default and the source of the value, null if that is the default;
   * secrets are hidden. {@code findings} has what its author should know.
   */
  @GET
  public ObjectNode get() {
    ObjectNode answer = Json.object();
    ArrayNode entries = answer.putArray("configuration");
    configuration
        .entries()
        .forEach(
            entry ->
                entries
                    .addObject()
                    .put("key", entry.key())
                    .put("value", entry.value())
                    .put("default", entry.defaultValue())
                    .put("source", entry.source()));
    ArrayNode findings = answer.putArray("findings");
    configuration
        .findings()
        .forEach(
            finding ->
                findings
                    .addObject()
                    .put("kind", finding.kind().name())
                    .put("key", finding.key())
                    .put("message", finding.message()));
    return answer;
  }
}
