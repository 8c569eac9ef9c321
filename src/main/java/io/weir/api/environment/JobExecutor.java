package io.weir.api.environment;

import io.weir.api.graph.Transformation;
import io.weir.config.Configuration;
import java.util.List;

/**
 * Runs what an environment describes. The engine provides it as a service of {@link
 * java.util.ServiceLoader}, a server hands its own to the environment.
 */
public interface JobExecutor {
  /**
   * Plans a job and starts it.
   *
   * @param jobName name of the job
   * @param transformations all nodes of the graph; inputs stand before their consumers
   * @param configuration the settings that the author made
   * @return the handle of the job, which may not run yet
   * @throws Exception if the job is refused; the message says why and what to do
   */
  JobClient submit(
      String jobName, List<Transformation<?>> transformations, Configuration configuration)
      throws Exception;
}
