package io.weir.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.api.environment.JobStatus;
import io.weir.job.CountingJob.Trouble;
import io.weir.job.local.InMemoryCatalog;
import io.weir.job.surroundings.LeaseHeldException;
import io.weir.snapshot.JobId;
import io.weir.storage.ObjectStorages;
import io.weir.storage.file.FileStorageProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two servers that share a catalog: one of them runs the job, and the other lets it be. */
class TwoServersTest {
  @TempDir private Path directory;
  private final WatchedCatalog catalog = new WatchedCatalog(new InMemoryCatalog());
  private CountingJob job;

  @BeforeEach
  void defineJob() {
    job = new CountingJob(directory.resolve("out"), 2, 2_000, Trouble.NONE, 0).hold();
  }

  private TestServer server(String name, Duration ahead) {
    return new TestServer(
            name,
            catalog.port(),
            directory.resolve("checkpoints"),
            ObjectStorages.of(new FileStorageProvider()),
            ahead.toMillis())
        .with(job);
  }

  @Test
  void aStartThatIsRefusedLeavesTheJobOfTheOtherServerAsItIs() throws Exception {
    try (TestServer first = server("first", Duration.ZERO);
        TestServer second = server("second", Duration.ZERO)) {
      JobId id = first.dispatcher().start(job.name());
      catalog.awaitCheckpoints(2);

      assertThatThrownBy(() -> second.dispatcher().start(job.name()))
          .isInstanceOf(LeaseHeldException.class)
          .hasMessageContainingAll("leased by server 'first'", "Stop it there, or wait");
      assertThat(second.dispatcher().startAll(List.of(job.name()))).containsOnlyKeys(job.name());
      assertThat(second.dispatcher().views()).isEmpty();
      assertThat(catalog.statuses()).doesNotContain(JobStatus.FAILED, JobStatus.SUSPENDED);

      job.letGo();
      assertThat(first.end(id)).isEqualTo(JobStatus.FINISHED);
      assertThat(first.view(id).attempt()).isZero();
      assertThat(CountingJob.times(job.written())).isEqualTo(CountingJob.times(job.expected()));
    }
  }

  @Test
  void aServerThatHasLostItsLeaseStopsAndWritesNothingMore() throws Exception {
    try (TestServer first = server("first", Duration.ZERO);
        TestServer second = server("second", Duration.ofHours(1))) {
      JobId id = first.dispatcher().start(job.name());
      catalog.awaitCheckpoints(2);

      // for the second server, whose clock is ahead, the lease of the first one has run out
      second.dispatcher().start(job.name());
      assertThat(first.end(id)).isEqualTo(JobStatus.SUSPENDED);
      assertThat(first.view(id).lastFailure()).hasMessageContaining("leased by server 'second'");

      job.letGo();
      assertThat(second.end(id)).isEqualTo(JobStatus.FINISHED);
      assertThat(second.statusInCatalog(id)).isEqualTo(JobStatus.FINISHED);
      assertThat(catalog.statuses())
          .doesNotContain(JobStatus.FAILING, JobStatus.FAILED, JobStatus.SUSPENDED);
      assertThat(catalog.port().failures(id, 10)).isEmpty();
      assertThat(CountingJob.times(job.written())).isEqualTo(CountingJob.times(job.expected()));
    }
  }
}
