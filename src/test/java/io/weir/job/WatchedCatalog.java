package io.weir.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.api.environment.JobStatus;
import io.weir.job.surroundings.JobCatalog;
import io.weir.testkit.CatalogFault;
import io.weir.testkit.FaultyCatalog;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A catalog that a test can wait for, and in front of which it can put faults. */
final class WatchedCatalog {
  private final List<JobStatus> statuses = new CopyOnWriteArrayList<>();
  private final Semaphore completed = new Semaphore(0);
  private final JobCatalog port;
  private volatile Function<String, CatalogFault> faults = method -> CatalogFault.NONE;

  WatchedCatalog(JobCatalog catalog) {
    JobCatalog watched =
        (JobCatalog)
            Proxy.newProxyInstance(
                WatchedCatalog.class.getClassLoader(),
                new Class<?>[] {JobCatalog.class},
                (proxy, method, arguments) -> {
                  try {
                    Object result = method.invoke(catalog, arguments);
                    note(method.getName(), arguments);
                    return result;
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    port = FaultyCatalog.of(watched, method -> faults.apply(method));
  }

  private void note(String method, Object[] arguments) {
    if (method.equals("statusChanged")) {
      statuses.add((JobStatus) arguments[1]);
    } else if (method.equals("checkpointCompleted")) {
      completed.release();
    }
  }

  JobCatalog port() {
    return port;
  }

  /** Asked in front of every call, with the name of the method. */
  void setFaults(Function<String, CatalogFault> present) {
    faults = present;
  }

  /** Every status that any server has written. */
  List<JobStatus> statuses() {
    return statuses;
  }

  /** Waits until so many more checkpoints are complete. */
  void awaitCheckpoints(int count) throws InterruptedException {
    assertThat(completed.tryAcquire(count, TestServer.PATIENCE_SECONDS, TimeUnit.SECONDS))
        .as("%d checkpoints", count)
        .isTrue();
  }
}
