package io.weir.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.api.environment.JobStatus;
import io.weir.job.CountingJob.Trouble;
import io.weir.job.local.InMemoryCatalog;
import io.weir.job.surroundings.JobCatalog;
import io.weir.snapshot.JobId;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a job that has failed for good, and of one that has ended otherwise. */
class FailedJobTest {
  @TempDir private Path directory;
  private final JobCatalog catalog = new InMemoryCatalog();

  private TestServer server(Trouble trouble) {
    return new TestServer(catalog, directory.resolve("checkpoints")).with(job(trouble));
  }

  private CountingJob job(Trouble trouble) {
    return new CountingJob(directory.resolve("out"), 1, 1_000, trouble, 1);
  }

  @Test
  void whenItsCauseIsMended_aJobThatHasFailedGoesOnFromItsNewestCheckpoint() throws Exception {
    JobId failed;
    try (TestServer server = server(Trouble.ALWAYS)) {
      failed = server.dispatcher().start("counting");
      assertThat(server.end(failed)).isEqualTo(JobStatus.FAILED);
      assertThat(server.restorePoints(failed)).isNotEmpty();
      JobId again = server.dispatcher().start("counting");
      assertThat(server.end(again)).as("not mended yet").isEqualTo(JobStatus.FAILED);
    }
    try (TestServer server = server(Trouble.NONE)) {
      JobId mended = server.dispatcher().start("counting");

      assertThat(server.end(mended)).isEqualTo(JobStatus.FINISHED);
      assertThat(mended).isNotEqualTo(failed);
      assertThat(catalog.attempts(mended, 1).get(0).restoredCheckpointId()).isPresent();
      assertThat(CountingJob.times(job(Trouble.NONE).written()))
          .isEqualTo(CountingJob.times(job(Trouble.NONE).expected()));
      assertThat(server.restorePoints(failed))
          .as("claimed with the start, and subsumed since")
          .isEmpty();
    }
  }

  @Test
  void aJobThatHasFinishedBeginsAnew() throws Exception {
    try (TestServer server = server(Trouble.NONE)) {
      JobId first = server.dispatcher().start("counting");
      assertThat(server.end(first)).isEqualTo(JobStatus.FINISHED);
      JobId second = server.dispatcher().start("counting");
      assertThat(server.end(second)).isEqualTo(JobStatus.FINISHED);

      assertThat(catalog.attempts(second, 1).get(0).restoredCheckpointId()).isEmpty();
      assertThat(CountingJob.times(job(Trouble.NONE).written()))
          .as("all of it twice")
          .allSatisfy((line, times) -> assertThat(times).isEqualTo(2));
    }
  }
}
