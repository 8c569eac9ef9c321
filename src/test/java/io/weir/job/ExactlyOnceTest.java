package io.weir.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.api.environment.JobStatus;
import io.weir.config.Configuration;
import io.weir.config.TaskManagerOptions;
import io.weir.config.ThreadPer;
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
    "NONE,1,0,TASK", "MAP,1,1,TASK", "SNAPSHOT,1,1,TASK", "RESTORE,1,2,TASK", "NOTIFY,1,1,TASK",
    "NONE,4,0,TASK", "MAP,4,1,TASK", "SNAPSHOT,4,1,TASK", "RESTORE,4,2,TASK", "NOTIFY,4,1,TASK",
    "NONE,4,0,SLOT", "MAP,4,1,SLOT", "SNAPSHOT,4,1,SLOT", "RESTORE,4,2,SLOT", "NOTIFY,4,1,SLOT"
  })
  void aJobThatFailsWritesEveryLineOnce(
      Trouble trouble, int parallelism, int restarts, ThreadPer threadPer) throws Exception {
    CountingJob job =
        new CountingJob(directory.resolve("out"), parallelism, 1_000 * parallelism, trouble, 10);
    try (TestServer server =
        new TestServer(
                new InMemoryCatalog(),
                directory.resolve("checkpoints"),
                new Configuration().set(TaskManagerOptions.THREAD_PER, threadPer))
            .with(job)) {
      JobId id = server.dispatcher().start(job.name());

      assertThat(server.end(id)).isEqualTo(JobStatus.FINISHED);
      assertThat(server.view(id).attempt()).as("restarts").isEqualTo(restarts);
      assertThat(CountingJob.times(job.written())).isEqualTo(CountingJob.times(job.expected()));
    }
  }
}
