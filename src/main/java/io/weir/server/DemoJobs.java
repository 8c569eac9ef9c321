package io.weir.server;

import io.weir.api.StreamJob;
import io.weir.demo.FlightsJob;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The job that Weir comes with, found like any other; {@code jobs.flights.enabled=false} keeps it
 * from starting.
 */
@ApplicationScoped
public class DemoJobs {

  @Inject
  @ConfigProperty(name = ServerConfiguration.DATA_DIRECTORY, defaultValue = "data")
  private String dataDirectory;

  /** How late flights left each airport, hour by hour. */
  @Produces
  @Singleton
  public StreamJob flights() {
    return new FlightsJob(Path.of(dataDirectory).toAbsolutePath());
  }
}
