package io.weir.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.api.environment.JobStatus;
import io.weir.job.CountingJob.Trouble;
import io.weir.job.local.InMemoryCatalog;
import io.weir.snapshot.JobId;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever fails, and wherever: each line is in the files once. */
class ExactlyOnceTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "NONE,1,0", "MAP,1,1", "SNAPSHOT,1,1", "RESTORE,1,2", "NOTIFY,1,1",
    "NONE,4,0", "MAP,4,1", "SNAPSHOT,4,1", "RESTORE,4,2", "NOTIFY,4,1"
  })
  void aJobThatFailsWritesEveryLineOnce(Trouble trouble, int parallelism, int restarts)
      throws Exception {
    CountingJob job =
        new CountingJob(directory.resolve("out"), parallelism, 1_000 * parallelism, trouble, 10);
    try (TestServer server =
        new TestServer(new InMemoryCatalog(), directory.resolve("checkpoints")).with(job)) {
      JobId id = server.dispatcher().start(job.name());

      assertThat(server.end(id)).isEqualTo(JobStatus.FINISHED);
      assertThat(server.view(id).attempt()).as("restarts").isEqualTo(restarts);
      assertThat(CountingJob.times(job.written())).isEqualTo(CountingJob.times(job.expected()));
    }
  }
}
