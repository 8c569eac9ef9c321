package io.weir.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.api.environment.JobStatus;
import io.weir.job.CountingJob.Trouble;
import io.weir.job.history.CheckpointStatus;
import io.weir.job.local.InMemoryCatalog;
import io.weir.job.surroundings.CatalogException;
import io.weir.job.surroundings.CatalogProbe;
import io.weir.job.surroundings.JobCatalog;
import io.weir.snapshot.CheckpointType;
import io.weir.snapshot.JobId;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said while the catalog does not answer. */
class SilentCatalogTest {
  /** To be asked whether it answers, and when a checkpoint starts. */
  private static final Set<String> FAIL = Set.of("jobNamed", "checkpointStarted");

  @TempDir private Path directory;
  private final InMemoryCatalog rows = new InMemoryCatalog();
  private volatile boolean isAway;

  private JobCatalog catalog() {
    return (JobCatalog)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {JobCatalog.class},
            (proxy, method, arguments) -> call(method, arguments));
  }

  private Object call(Method method, Object[] arguments) throws Throwable {
    if (isAway && FAIL.contains(method.getName())) {
      throw new CatalogException("The database is away.", null);
    }
    try {
      return method.invoke(rows, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  @Test
  void aCheckpointWhoseStartIsNotRecordedNamesTheCatalog() throws Exception {
    CountingJob job = new CountingJob(directory.resolve("out"), 1, 600, Trouble.NONE, 0).tolerant();
    job.hold();
    try (TestServer server =
        new TestServer(catalog(), directory.resolve("checkpoints")).with(job)) {
      JobId id = server.dispatcher().start(job.name());
      TestServer.until(
          () -> rows.checkpointCounts(id).getOrDefault(CheckpointStatus.COMPLETED, 0L) >= 1);
      isAway = true;

      assertThatThrownBy(
              () ->
                  server
                      .dispatcher()
                      .checkpoint(id, CheckpointType.CHECKPOINT)
                      .get(TestServer.PATIENCE_SECONDS, TimeUnit.SECONDS))
          .hasMessageContaining("could not be recorded in the catalog. The database is away.");

      isAway = false;
      job.letGo();
      assertThat(server.end(id)).isEqualTo(JobStatus.FINISHED);
    }
  }

  @Test
  void aProbeSaysWhyItDoesNotAnswer() {
    CatalogProbe probe = new CatalogProbe(catalog());
    assertThat(probe.failure()).isEmpty();
    isAway = true;
    assertThat(probe.failure()).contains("The database is away.");
    isAway = false;
    assertThat(probe.failure()).isEmpty();
  }
}
