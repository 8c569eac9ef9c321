package io.weir.api.environment;

import java.util.List;
import java.util.ServiceLoader;

/** Finds the engine on the class path. */
final class InstalledExecutor {
  private InstalledExecutor() {}

  /**
   * The one executor that is installed.
   *
   * @throws IllegalStateException if there is none, or more than one
   */
  static JobExecutor find() {
    List<JobExecutor> found =
        ServiceLoader.load(JobExecutor.class, loader()).stream()
            .map(ServiceLoader.Provider::get)
            .toList();
    if (found.isEmpty()) {
      throw new IllegalStateException(
          "The job cannot run: there is no engine on the class path, that is, no service of "
              + JobExecutor.class.getName()
              + ". Add Weir's classes jar with its META-INF/services, or run the job in a server.");
    }
    if (found.size() > 1) {
      throw new IllegalStateException(
          "The job cannot run: there are several engines on the class path: "
              + found.stream().map(executor -> executor.getClass().getName()).toList()
              + ". Leave one.");
    }
    return found.get(0);
  }

  private static ClassLoader loader() {
    ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
    return ofThread == null ? InstalledExecutor.class.getClassLoader() : ofThread;
  }
}
