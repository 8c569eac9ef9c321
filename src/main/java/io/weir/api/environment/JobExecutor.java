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

  /**
   * Tells whether the job would start with the snapshot that its settings name, and changes
   * nothing.
   *
   * @param openFunctions whether functions are opened, so that they name their states
   * @throws UnsupportedOperationException if this executor cannot tell
   * @throws Exception if the job is refused, whatever it would begin with
   */
  default RestoreReport dryRun(
      String jobName,
      List<Transformation<?>> transformations,
      Configuration configuration,
      boolean openFunctions)
      throws Exception {
    throw new UnsupportedOperationException(
        "Ask the server that runs the job whether it would start.");
  }
}
