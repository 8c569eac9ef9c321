package io.weir.metrics;

import io.weir.engine.Clock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/**
 * Whether the server has started its jobs, is alive, and is ready; where it is not, the answer says
 * why. It is ready while its catalog answers and no job was refused that was to start.
 */
@ApplicationScoped
public class HealthChecks {
  /** Coordinators are driven many times a second: after this long something holds the timer. */
  private static final long STALLED_MILLIS = 60_000;

  @Inject private ServerState server;
  @Inject private Clock clock;

  @Produces
  @Startup
  HealthCheck started() {
    return () -> whether("weir-started", server.isStarted()).build();
  }

  @Produces
  @Liveness
  HealthCheck live() {
    return () -> {
      long silent = clock.nowMillis() - server.lastTickMillis();
      boolean alive = server.lastTickMillis() == 0 || silent < STALLED_MILLIS;
      return HealthCheckResponse.named("weir-coordinator").status(alive).build();
    };
  }

  @Produces
  @Readiness
  HealthCheck ready() {
    return () -> {
      Map<String, String> refused = server.refusedJobs();
      Optional<String> catalog = server.catalogFailure();
      HealthCheckResponseBuilder answer =
          whether("weir-ready", server.isStarted() && refused.isEmpty() && catalog.isEmpty());
      catalog.ifPresent(why -> answer.withData("catalog", why));
      refused.forEach((job, why) -> answer.withData("job " + job, why));
      return answer.build();
    };
  }

  private HealthCheckResponseBuilder whether(String name, boolean up) {
    HealthCheckResponseBuilder answer = HealthCheckResponse.named(name).status(up);
    server.startFailure().ifPresent(why -> answer.withData("why", why));
    return answer;
  }
}
