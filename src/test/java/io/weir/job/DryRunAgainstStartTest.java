package io.weir.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.api.environment.JobStatus;
import io.weir.api.environment.RestoreReport;
import io.weir.api.environment.RestoreReport.Match;
import io.weir.api.environment.RestoreReport.Verdict;
import io.weir.api.environment.SavepointFormatType;
import io.weir.config.RecoveryClaimMode;
import io.weir.config.StartFrom;
import io.weir.job.description.StartRequest;
import io.weir.job.history.FailureRecord;
import io.weir.job.local.InMemoryCatalog;
import io.weir.snapshot.JobId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each pair of a snapshot and a job goes through both a dry run and a real start: the job starts if
 * and only if the dry run says so, and is refused for the reason that the dry run gives.
 */
class DryRunAgainstStartTest {
  @TempDir private Path directory;
  private final InMemoryCatalog catalog = new InMemoryCatalog();
  private EvolvingJob.Gate gate;

  @BeforeEach
  void newGate() {
    gate = EvolvingJob.Gate.fresh();
  }

  private TestServer server(EvolvingJob job) {
    return new TestServer(catalog, directory.resolve("checkpoints")).with(job);
  }

  /** Runs the job until it has state, and stops it with a savepoint. */
  private String savepointOf(EvolvingJob job) throws Exception {
    gate.close();
    try (TestServer server = server(job)) {
      JobId id = server.dispatcher().start(job.name());
      TestServer.until(
          () -> gate.hasStored(job.name()) && server.view(id).status() == JobStatus.RUNNING);
      return server
          .dispatcher()
          .stopWithSavepoint(
              id,
              false,
              new SavepointRequest(
                  Optional.of(directory.resolve("savepoints").toString()),
                  SavepointFormatType.CANONICAL))
          .get(TestServer.PATIENCE_SECONDS, TimeUnit.SECONDS);
    } finally {
      gate.open();
    }
  }

  /** What the dry run says; checked against what the start does. */
  private RestoreReport check(String path, EvolvingJob job, StartRequest request) throws Exception {
    try (TestServer server = server(job)) {
      RestoreReport report = server.dispatcher().dryRun(job.name(), request, true);
      assertThat(report.path()).isEqualTo(path);
      assertThat(report.verdict()).isNotEqualTo(Verdict.UNDECIDED);
      // tasks of an earlier job may still be closing theirs
      TestServer.until(() -> gate.opened() == 0);

      JobId id = server.dispatcher().start(job.name(), request);

      JobStatus end = server.end(id);
      List<FailureRecord> failures = catalog.failures(id, 100);
      assertThat(end)
          .as("%s\n%s", report, failures)
          .isEqualTo(report.verdict() == Verdict.STARTS ? JobStatus.FINISHED : JobStatus.FAILED);
      if (end == JobStatus.FAILED) {
        String said = failures.get(failures.size() - 1).stackTrace();
        assertThat(report.reason().lines().skip(1).toList())
            .as(said)
            .isNotEmpty()
            .allSatisfy(line -> assertThat(said).contains(line));
      }
      return report;
    }
  }

  private static StartRequest from(String path) {
    return StartRequest.from(path, RecoveryClaimMode.NO_CLAIM);
  }

  private static EvolvingJob storing(EvolvingJob.Kept kept) {
    return new EvolvingJob("stores-" + kept).keeping(kept);
  }

  @Test
  void everyStateAskedForInEveryWay() throws Exception {
    List<Verdict> verdicts = new ArrayList<>();
    for (EvolvingJob.Kept stored :
        List.of(EvolvingJob.Kept.INT, EvolvingJob.Kept.PAIR, EvolvingJob.Kept.OPERATOR_LIST)) {
      String path = savepointOf(storing(stored));
      for (EvolvingJob.Kept asked : EvolvingJob.Kept.values()) {
        EvolvingJob job = new EvolvingJob("asks-" + stored + "-" + asked).keeping(asked);
        verdicts.add(check(path, job, from(path)).verdict());
      }
    }
    assertThat(verdicts).contains(Verdict.STARTS, Verdict.REFUSED);
  }

  @Test
  void everyChangeOfTheGraph() throws Exception {
    String path = savepointOf(storing(EvolvingJob.Kept.LONG));
    EvolvingJob same = new EvolvingJob("same").keeping(EvolvingJob.Kept.LONG);

    assertThat(check(path, same, from(path)).verdict()).isEqualTo(Verdict.STARTS);
    assertThat(check(path, job("wider").withParallelism(3, 128), from(path)).verdict())
        .isEqualTo(Verdict.STARTS);
    assertThat(check(path, job("groups").withParallelism(2, 64), from(path)).reason())
        .contains("maximum parallelism");
    assertThat(check(path, job("keys").withTextKeys(), from(path)).reason())
        .contains("The type of a key cannot change");

    EvolvingJob renamed = job("renamed").withUid("other");
    assertThat(check(path, renamed, from(path)).reason()).contains("no such operator");
    RestoreReport left = check(path, renamed, from(path).allowingNonRestoredState());
    assertThat(left.verdict()).isEqualTo(Verdict.STARTS);
    assertThat(left.operators())
        .extracting(RestoreReport.OperatorReport::match)
        .contains(Match.MISSING, Match.NEW, Match.MATCHED);
  }

  private static EvolvingJob job(String name) {
    return new EvolvingJob(name).keeping(EvolvingJob.Kept.LONG);
  }

  @Test
  void functionsAreNotOpenedSilently() throws Exception {
    EvolvingJob job = storing(EvolvingJob.Kept.LONG);
    String path = savepointOf(job);
    try (TestServer server = server(job)) {
      int before = gate.everOpened();

      RestoreReport report = server.dispatcher().dryRun(job.name(), from(path), false);

      assertThat(gate.everOpened()).isEqualTo(before);
      assertThat(report.verdict()).isEqualTo(Verdict.UNDECIDED);
      assertThat(report.operators())
          .filteredOn(operator -> "keep".equals(operator.uid()))
          .singleElement()
          .satisfies(
              operator -> {
                assertThat(operator.match()).isEqualTo(Match.UNKNOWN);
                assertThat(operator.notes().get(0)).contains("has not been opened");
              });
    }
  }

  @Test
  void aFunctionThatCannotBeOpenedLeavesItUndecided() throws Exception {
    String path = savepointOf(storing(EvolvingJob.Kept.LONG));
    EvolvingJob job = job("fails").failingToOpen();
    try (TestServer server = server(job)) {
      RestoreReport report = server.dispatcher().dryRun(job.name(), from(path), true);

      assertThat(report.verdict()).isEqualTo(Verdict.UNDECIDED);
      assertThat(report.operators())
          .filteredOn(operator -> "keep".equals(operator.uid()))
          .flatExtracting(RestoreReport.OperatorReport::notes)
          .anySatisfy(note -> assertThat(note).contains("the function cannot be opened"));
    }
  }

  @Test
  void withNothingToBeginWithAJobStarts() throws Exception {
    EvolvingJob job = job("fresh");
    try (TestServer server = server(job)) {
      RestoreReport report = server.dispatcher().dryRun(job.name(), StartRequest.GO_ON, false);

      assertThat(report.verdict()).isEqualTo(Verdict.STARTS);
      assertThat(report.path()).isNull();
      assertThat(catalog.jobs()).as("nothing has been registered").isEmpty();
    }
  }

  @Test
  void whatIsNotThereRefuses() throws Exception {
    EvolvingJob job = job("lost");
    try (TestServer server = server(job)) {
      String nowhere = directory.resolve("nowhere").toString();

      assertThat(server.dispatcher().dryRun(job.name(), from(nowhere), false).verdict())
          .isEqualTo(Verdict.REFUSED);
      assertThat(
              server
                  .dispatcher()
                  .dryRun(job.name(), StartRequest.from(StartFrom.LATEST_SAVEPOINT), false)
                  .reason())
          .contains("there is none");
    }
  }
}
