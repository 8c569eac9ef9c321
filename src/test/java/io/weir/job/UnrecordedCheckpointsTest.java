package io.weir.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.api.environment.JobStatus;
import io.weir.api.environment.RestoreReport;
import io.weir.api.environment.RestoreReport.Verdict;
import io.weir.job.CountingJob.Trouble;
import io.weir.job.description.StartRequest;
import io.weir.job.history.CheckpointRecord;
import io.weir.job.history.CheckpointStatus;
import io.weir.job.history.DecisionRecord;
import io.weir.snapshot.JobId;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs go on from what storage holds when the catalog has lost what it had committed. */
class UnrecordedCheckpointsTest {
  @TempDir private Path directory;

  private TestServer server(CommitLog catalog, Path files, CountingJob job) {
    return new TestServer(catalog.port(), files.resolve("checkpoints")).with(job);
  }

  /** Runs the job for a while, so that it has committed output. */
  private CommitLog ranForAWhile(Path files, CountingJob job) throws Exception {
    CommitLog catalog = new CommitLog();
    job.hold();
    try (TestServer server = server(catalog, files, job)) {
      JobId id = server.dispatcher().start(job.name());
      TestServer.until(
          () ->
              catalog.port().checkpointCounts(id).getOrDefault(CheckpointStatus.COMPLETED, 0L)
                  >= 4);
      assertThat(server.suspend(id)).isEqualTo(JobStatus.SUSPENDED);
      job.letGo();
      server.awaitBlockingWork();
      TestServer.until(() -> checkpointsIn(files) == catalog.port().restorePoints(id).size());
    }
    return catalog;
  }

  /** Those that are subsumed are removed in the background. */
  private static int checkpointsIn(Path files) throws Exception {
    try (var all = Files.walk(files.resolve("checkpoints"))) {
      return (int) all.filter(each -> each.getFileName().toString().startsWith("chk-")).count();
    } catch (UncheckedIOException e) {
      return -1;
    }
  }

  private static JobId idOf(CommitLog catalog) throws Exception {
    return catalog.port().jobNamed("counting").orElseThrow().id();
  }

  private static JobStatus end(TestServer server, CommitLog catalog) throws Exception {
    server.dispatcher().start("counting");
    return server.end(idOf(catalog));
  }

  private static void assertEachLineOnce(CountingJob job) throws Exception {
    assertThat(CountingJob.times(job.written()))
        .allSatisfy((line, times) -> assertThat(times).isOne())
        .containsOnlyKeys(job.expected());
  }

  @Test
  void whateverTheCatalogLosesBehindTheFirstAttempt_eachLineIsThereOnce() throws Exception {
    Path first = directory.resolve("run");
    CountingJob job = new CountingJob(first.resolve("out"), 2, 600, Trouble.NONE, 0).retainingOne();
    CommitLog whole = ranForAWhile(first, job);
    int kept = whole.upTo("attemptStarted");
    assertThat(whole.size()).isGreaterThan(kept + 10);
    Path saved = directory.resolve("saved");
    copy(first, saved);

    for (int commits : IntStream.rangeClosed(kept, whole.size()).toArray()) {
      remove(first);
      copy(saved, first);
      CommitLog catalog = whole.first(commits);
      try (TestServer server = server(catalog, first, job)) {
        assertThat(end(server, catalog)).as("%d commits", commits).isEqualTo(JobStatus.FINISHED);
        assertEachLineOnce(job);
        server.awaitBlockingWork();
      }
    }
  }

  @Test
  void whatIsRecordedLaterIsExplained() throws Exception {
    CountingJob job = new CountingJob(directory.resolve("out"), 1, 600, Trouble.NONE, 0);
    CommitLog whole = ranForAWhile(directory, job);
    CommitLog catalog = whole.first(whole.upTo("attemptStarted"));
    List<Long> lost =
        whole.port().restorePoints(idOf(whole)).stream().map(CheckpointRecord::id).toList();
    try (TestServer server = server(catalog, directory, job)) {
      assertThat(end(server, catalog)).isEqualTo(JobStatus.FINISHED);

      JobId id = idOf(catalog);
      assertThat(catalog.port().attempts(id, 100).get(0).restoredCheckpointId())
          .hasValue(lost.get(0));
      assertThat(catalog.port().decisions(id, 100))
          .filteredOn(decision -> decision.what().equals("record checkpoint"))
          .extracting(DecisionRecord::why)
          .hasSize(lost.size())
          .first()
          .asString()
          .contains("chk-" + lost.get(0), "has lost commits");
    }
  }

  @Test
  void theDryRunSeesWhatTheStartBeginsWith_andRecordsNothing() throws Exception {
    CountingJob job = new CountingJob(directory.resolve("out"), 1, 600, Trouble.NONE, 0);
    CommitLog whole = ranForAWhile(directory, job);
    CommitLog catalog = whole.first(whole.upTo("attemptStarted"));
    CheckpointRecord newest = whole.port().restorePoints(idOf(whole)).get(0);
    JobId id = idOf(catalog);
    try (TestServer server = server(catalog, directory, job)) {
      RestoreReport report =
          server.dispatcher().dryRun(job.name(), StartRequest.GO_ON, /* openFunctions= */ false);

      assertThat(report.verdict()).isNotEqualTo(Verdict.REFUSED);
      assertThat(report.path()).isEqualTo(newest.path());
      assertThat(catalog.port().restorePoints(id)).isEmpty();
      assertThat(catalog.port().decisions(id, 100))
          .extracting(DecisionRecord::what)
          .doesNotContain("record checkpoint");
      assertThat(end(server, catalog)).isEqualTo(JobStatus.FINISHED);
      assertThat(catalog.port().attempts(id, 100).get(0).restoredCheckpointId())
          .hasValue(newest.id());
    }
  }

  @Test
  void oneThatCannotBeReadIsLeftForTheNextOlder() throws Exception {
    CountingJob job = new CountingJob(directory.resolve("out"), 1, 600, Trouble.NONE, 0);
    CommitLog whole = ranForAWhile(directory, job);
    CommitLog catalog = whole.first(whole.upTo("attemptStarted"));
    List<CheckpointRecord> lost = whole.port().restorePoints(idOf(whole));
    Path newest = Path.of(URI.create(lost.get(0).path())).resolve("_metadata");
    Files.write(newest, new byte[] {1, 2, 3});
    try (TestServer server = server(catalog, directory, job)) {
      assertThat(end(server, catalog)).isEqualTo(JobStatus.FINISHED);

      assertThat(catalog.port().attempts(idOf(catalog), 100).get(0).restoredCheckpointId())
          .hasValue(lost.get(1).id());
      assertThat(new TreeSet<>(job.written())).isEqualTo(new TreeSet<>(job.expected()));
    }
  }

  private static void copy(Path from, Path to) throws Exception {
    try (var all = Files.walk(from)) {
      for (Path each : all.toList()) {
        Files.copy(each, to.resolve(from.relativize(each).toString()));
      }
    }
  }

  private static void remove(Path tree) throws Exception {
    try (var all = Files.walk(tree)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
