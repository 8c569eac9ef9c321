package io.weir.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.api.environment.JobStatus;
import io.weir.job.history.FailoverScope;
import io.weir.job.history.FailureRecord;
import io.weir.job.local.InMemoryCatalog;
import io.weir.job.surroundings.JobCatalog;
import io.weir.snapshot.JobId;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With real threads and files: what fails starts again, what does not runs on. */
class RegionFailoverTest {
  private static final List<String> PARTS = List.of("left", "right", "chain");

  @TempDir private Path directory;
  private final JobCatalog catalog = new InMemoryCatalog();

  private RegionsJob job(String strategy, int restarts, String... failing) {
    return new RegionsJob(directory.resolve("out"), Set.of(failing), strategy, restarts);
  }

  private JobId run(RegionsJob job, JobStatus end) throws Exception {
    try (TestServer server = new TestServer(catalog, directory.resolve("checkpoints")).with(job)) {
      JobId id = server.dispatcher().start(job.name());
      assertThat(server.end(id)).isEqualTo(end);
      return id;
    }
  }

  private static List<Integer> runsOf(RegionsJob job, String part) {
    return IntStream.range(0, RegionsJob.PARALLELISM)
        .mapToObj(subtask -> job.opened(part, subtask).size())
        .toList();
  }

  @Test
  void whenOnePartFails_theOthersRunOnInTheirThreads_andAllIsWrittenOnce() throws Exception {
    RegionsJob job = job("region", 1, "right");

    JobId id = run(job, JobStatus.FINISHED);

    assertThat(runsOf(job, "right")).as("restarted").containsExactly(2, 2);
    assertThat(runsOf(job, "left")).as("never stopped").containsExactly(1, 1);
    assertThat(runsOf(job, "chain")).as("never stopped").containsExactly(1, 1);
    assertThat(job.written()).isEqualTo(job.expected());
    assertThat(catalog.attempts(id, 10)).hasSize(2);
    assertThat(catalog.attempts(id, 1).get(0).restoredCheckpointId())
        .as("what the part went back to")
        .isPresent();
    FailureRecord failure = catalog.failures(id, 1).get(0);
    assertThat(failure.taskName()).contains("right");
    assertThat(failure.failover()).isEqualTo(FailoverScope.REGION);
  }

  @Test
  void whenOneSubtaskOfAChainFails_theOtherRunsOn_andTheSplitsAreReadOnce() throws Exception {
    RegionsJob job = job("region", 1, "chain");

    run(job, JobStatus.FINISHED);

    assertThat(runsOf(job, "chain")).containsExactlyInAnyOrder(1, 2);
    assertThat(runsOf(job, "left")).containsExactly(1, 1);
    assertThat(runsOf(job, "right")).containsExactly(1, 1);
    assertThat(job.written()).isEqualTo(job.expected());
  }

  @Test
  void whenAllPartsFail_eachStartsAgain() throws Exception {
    RegionsJob job = job("region", 3, "left", "right", "chain");

    JobId id = run(job, JobStatus.FINISHED);

    assertThat(runsOf(job, "left")).containsExactly(2, 2);
    assertThat(runsOf(job, "right")).containsExactly(2, 2);
    assertThat(runsOf(job, "chain")).containsExactlyInAnyOrder(1, 2);
    assertThat(job.written()).isEqualTo(job.expected());
    assertThat(catalog.failures(id, 10))
        .extracting(FailureRecord::failover)
        .containsOnly(FailoverScope.REGION);
  }

  @Test
  void withTheStrategyFull_allPartsStartAgain() throws Exception {
    RegionsJob job = job("full", 1, "right");

    JobId id = run(job, JobStatus.FINISHED);

    for (String part : PARTS) {
      assertThat(runsOf(job, part)).as(part).containsExactly(2, 2);
    }
    assertThat(job.written()).isEqualTo(job.expected());
    assertThat(catalog.failures(id, 1).get(0).failover()).isEqualTo(FailoverScope.JOB);
  }

  @Test
  void theRestartStrategyCountsTheFailuresOfAllRegions() throws Exception {
    RegionsJob job = job("region", 0, "right");

    JobId id = run(job, JobStatus.FAILED);

    for (String part : PARTS) {
      for (int subtask = 0; subtask < RegionsJob.PARALLELISM; subtask++) {
        Thread thread = job.opened(part, subtask).element();
        TestServer.until(() -> !thread.isAlive());
      }
    }
    assertThat(catalog.job(id).orElseThrow().status()).isEqualTo(JobStatus.FAILED);
  }
}
