package io.weir.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.config.Configuration;
import io.weir.job.Dispatcher;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.lang.management.RuntimeMXBean;
import java.util.Map;
import java.util.stream.Stream;

/** The server's configuration and Java process, secrets hidden. */
@Path("/jobmanager")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class JobManagerResource {

  @Inject private Dispatcher dispatcher;

  /** What is set for all jobs, and below {@code jobs.<name>.} for one. */
  @GET
  @Path("config")
  public ArrayNode config() {
    ArrayNode answer = Json.array();
    dispatcher
        .configuration()
        .toMapWithoutSecrets()
        .forEach((key, value) -> answer.addObject().put("key", key).put("value", value));
    return answer;
  }

  /** The Java process: version, options, class path. */
  @GET
  @Path("environment")
  public ObjectNode environment() {
    RuntimeMXBean process = ManagementFactory.getRuntimeMXBean();
    ObjectNode answer = Json.object();
    ObjectNode jvm =
        answer
            .putObject("jvm")
            .put("version", process.getVmName() + " - " + process.getVmVersion())
            .put("arch", System.getProperty("os.arch"));
    ArrayNode options = jvm.putArray("options");
    process.getInputArguments().forEach(argument -> options.add(withoutSecret(argument)));
    ArrayNode classpath = answer.putArray("classpath");
    Stream.of(process.getClassPath().split(File.pathSeparator)).forEach(classpath::add);
    return answer;
  }

  /** An argument of the form {@code -Dkey=value}, or any other. */
  static String withoutSecret(String argument) {
    int equals = argument.indexOf('=');
    if (equals < 0) {
      return argument;
    }
    String key = argument.substring(0, equals);
    Configuration single = Configuration.fromMap(Map.of(key, argument.substring(equals + 1)));
    return key + "=" + single.toMapWithoutSecrets().get(key);
  }

  /** Figures of the process: names, or values of those that are named. */
  @GET
  @Path("metrics")
  public ArrayNode metrics(@QueryParam("get") String get) {
    return MetricAnswers.single(ProcessMetrics.now(), get);
  }
}
