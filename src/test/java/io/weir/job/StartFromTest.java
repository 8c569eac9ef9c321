package io.weir.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.api.environment.JobStatus;
import io.weir.api.environment.SavepointFormatType;
import io.weir.config.RecoveryClaimMode;
import io.weir.config.StartFrom;
import io.weir.job.description.StartRequest;
import io.weir.job.history.AttemptRecord;
import io.weir.job.history.CheckpointRecord;
import io.weir.job.history.CheckpointStatus;
import io.weir.job.history.Ownership;
import io.weir.job.local.InMemoryCatalog;
import io.weir.snapshot.CheckpointType;
import io.weir.snapshot.JobId;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** With what a run begins: snapshots at a path, and what earlier runs of its name have left. */
class StartFromTest {
  private static final long NUMBERS = 40_000;

  @TempDir private Path directory;
  private InMemoryCatalog catalog = new InMemoryCatalog();

  private TestServer server(SavepointJob job) {
    return new TestServer(catalog, directory.resolve("checkpoints")).with(job);
  }

  private SavepointJob job(String name) {
    return new SavepointJob(name, directory.resolve("output"), NUMBERS);
  }

  /** Runs until some records are processed and a checkpoint is complete. */
  private JobId runSlowly(TestServer server, SavepointJob job) throws Exception {
    job.switches().limit = NUMBERS / 10;
    JobId id = server.dispatcher().start(job.name());
    TestServer.until(
        () ->
            job.switches().processed.get() > NUMBERS / 10
                && catalog.checkpointCounts(id).getOrDefault(CheckpointStatus.COMPLETED, 0L) > 0);
    return id;
  }

  /** Runs for a while and stops with a savepoint; gives its directory. */
  private Path stopped(String name) throws Exception {
    SavepointJob job = job(name);
    try (TestServer server = server(job)) {
      JobId id = runSlowly(server, job);
      return stop(server, id);
    }
  }

  private Path stop(TestServer server, JobId id) throws Exception {
    String path =
        server
            .dispatcher()
            .stopWithSavepoint(
                id,
                false,
                new SavepointRequest(
                    Optional.of(directory.resolve("savepoints").toString()),
                    SavepointFormatType.CANONICAL))
            .get(TestServer.PATIENCE_SECONDS, TimeUnit.SECONDS);
    return Path.of(URI.create(path));
  }

  private Map<String, Integer> committed() throws Exception {
    return SavepointJob.histogram(SavepointJob.committed(directory.resolve("output")));
  }

  private AttemptRecord attempt(JobId job) {
    return catalog.attempts(job, 1).get(0);
  }

  @ParameterizedTest
  @EnumSource(RecoveryClaimMode.class)
  void aSavepointThatWasMovedIsRestoredElsewhereWithAnotherParallelism(RecoveryClaimMode claimMode)
      throws Exception {
    Path moved = directory.resolve("moved");
    Files.move(stopped("moved-" + claimMode), moved);
    Files.writeString(moved.resolve("notes.txt"), "not Weir's");
    catalog = new InMemoryCatalog();

    SavepointJob job = job("moved-" + claimMode).withParallelism(3, 128);
    try (TestServer server = server(job)) {
      JobId id =
          server.dispatcher().start(job.name(), StartRequest.from(moved.toString(), claimMode));

      assertThat(server.end(id)).isEqualTo(JobStatus.FINISHED);
      assertThat(committed()).isEqualTo(SavepointJob.expected(NUMBERS));
      List<CheckpointRecord> all = catalog.checkpoints(id, 1_000);
      CheckpointRecord origin = all.get(all.size() - 1);
      CheckpointRecord first = all.get(all.size() - 2);
      boolean claims = claimMode == RecoveryClaimMode.CLAIM;
      assertThat(origin.ownership()).isEqualTo(claims ? Ownership.CLAIMED : Ownership.BORROWED);
      assertThat(first.id()).as("ids go on").isEqualTo(origin.id() + 1);
      assertThat(first.type())
          .isEqualTo(claims ? CheckpointType.CHECKPOINT : CheckpointType.FULL_CHECKPOINT);
      assertThat(Files.exists(moved.resolve("_metadata"))).isEqualTo(!claims);
      assertThat(moved.resolve("notes.txt")).exists();
      assertThat(attempt(id).why()).contains(moved.toUri().getPath().replaceAll("/$", ""));
    }
  }

  @Test
  void aRetainedCheckpointIsRestoredFromItsMetadata() throws Exception {
    SavepointJob job = job("retained");
    String path;
    try (TestServer server = server(job)) {
      JobId id = runSlowly(server, job);
      server.dispatcher().cancel(id).get(TestServer.PATIENCE_SECONDS, TimeUnit.SECONDS);
      path = server.restorePoints(id).get(0).path();
    }
    catalog = new InMemoryCatalog();
    job.switches().limit = Long.MAX_VALUE;
    try (TestServer server = server(job)) {
      JobId id =
          server
              .dispatcher()
              .start(
                  job.name(), StartRequest.from(path + "/_metadata", RecoveryClaimMode.NO_CLAIM));

      assertThat(server.end(id)).isEqualTo(JobStatus.FINISHED);
      assertThat(committed()).isEqualTo(SavepointJob.expected(NUMBERS));
      assertThat(Path.of(URI.create(path + "/_metadata"))).exists();
    }
  }

  @Test
  void aJobThatWasStoppedWithASavepointGoesOnFromItByItsName() throws Exception {
    Path savepoint = stopped("by-name");
    SavepointJob job = job("by-name");
    try (TestServer server = server(job)) {
      JobId id = server.dispatcher().start(job.name());

      assertThat(server.end(id)).isEqualTo(JobStatus.FINISHED);
      assertThat(committed()).isEqualTo(SavepointJob.expected(NUMBERS));
      assertThat(attempt(id).isRestoredFromSavepoint()).isTrue();
      assertThat(attempt(id).why()).contains("It goes on from run", "FINISHED", "savepoint");
      assertThat(savepoint.resolve("_metadata")).exists();
    }
  }

  @Test
  void aRunThatHasNotYetCompletedACheckpointKeepsWhatItBeganWith() throws Exception {
    stopped("kept");
    SavepointJob job = job("kept").withCheckpointsOnRequest();
    job.switches().limit = 0;
    try (TestServer server = server(job)) {
      JobId second = server.dispatcher().start(job.name());
      TestServer.until(() -> server.view(second).status() == JobStatus.RUNNING);
      server.dispatcher().cancel(second).get(TestServer.PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(server.restorePoints(second))
          .extracting(CheckpointRecord::ownership)
          .containsExactly(Ownership.BORROWED);

      JobId third = server.dispatcher().start(job.name());
      TestServer.until(() -> server.view(third).status() == JobStatus.RUNNING);
      assertThat(attempt(third).restoredPath()).isEqualTo(attempt(second).restoredPath());
      String path = attempt(third).restoredPath();
      assertThatThrownBy(
              () ->
                  server
                      .dispatcher()
                      .restorePoints()
                      .dispose(path)
                      .get(TestServer.PATIENCE_SECONDS, TimeUnit.SECONDS))
          .hasMessageContaining("goes back to it when it fails");
    }
  }

  @Test
  void startingAnewOverASuspendedJobHasToBeAskedFor() throws Exception {
    SavepointJob job = job("anew");
    try (TestServer server = server(job)) {
      JobId suspended = runSlowly(server, job);
      assertThat(server.suspend(suspended)).isEqualTo(JobStatus.SUSPENDED);
      int before = SavepointJob.committed(directory.resolve("output")).size();
      job.switches().limit = Long.MAX_VALUE;

      JobId id = server.dispatcher().start(job.name(), StartRequest.from(StartFrom.NOTHING));

      assertThat(server.end(id)).isEqualTo(JobStatus.FINISHED);
      assertThat(server.statusInCatalog(suspended)).isEqualTo(JobStatus.CANCELED);
      assertThat(attempt(id).restoredCheckpointId()).isEmpty();
      assertThat(attempt(id).why()).contains("asked to begin with nothing");
      assertThat(committed().values().stream().mapToInt(Integer::intValue).sum())
          .isEqualTo(SavepointJob.expected(NUMBERS).size() + before);
    }
  }

  @Test
  void stateOfAnOperatorThatIsGoneIsLeftBehindOnlyWithPermission() throws Exception {
    stopped("dropped");
    SavepointJob job = job("dropped").withoutTotals();
    try (TestServer server = server(job)) {
      JobId refused = server.dispatcher().start(job.name());
      assertThat(server.end(refused)).isEqualTo(JobStatus.FAILED);
      assertThat(server.view(refused).lastFailure()).hasMessageContaining("total");

      JobId id =
          server.dispatcher().start(job.name(), StartRequest.GO_ON.allowingNonRestoredState());

      assertThat(server.end(id)).isEqualTo(JobStatus.FINISHED);
      Map<String, Integer> expected = SavepointJob.expected(NUMBERS);
      expected.keySet().removeIf(line -> line.contains("="));
      assertThat(committed()).isEqualTo(expected);
      assertThat(attempt(id).why()).contains("total");
    }
  }

  @Test
  void anotherMaxParallelismIsRefusedWithBothNumbers() throws Exception {
    stopped("max-parallelism");
    SavepointJob job = job("max-parallelism").withParallelism(2, 64);
    try (TestServer server = server(job)) {
      JobId id = server.dispatcher().start(job.name());

      assertThat(server.end(id)).isEqualTo(JobStatus.FAILED);
      assertThat(server.view(id).lastFailure())
          .hasMessageContaining("128")
          .hasMessageContaining("64");
    }
  }

  @Test
  void whatIsNoSnapshotIsRefusedAtOnce() throws Exception {
    SavepointJob job = job("no-snapshot");
    try (TestServer server = server(job)) {
      JobId id =
          server
              .dispatcher()
              .start(
                  job.name(),
                  StartRequest.from(
                      directory.resolve("nowhere").toString(), RecoveryClaimMode.NO_CLAIM));

      assertThat(server.end(id)).isEqualTo(JobStatus.FAILED);
      assertThat(server.view(id).lastFailure())
          .hasMessageContaining("nowhere")
          .hasMessageContaining("execution.state-recovery.path");
    }
  }

  @Test
  void disposalRemovesASavepointAndWhatIsKnownOfIt() throws Exception {
    Path savepoint = stopped("disposed");
    SavepointJob job = job("disposed");
    try (TestServer server = server(job)) {
      server
          .dispatcher()
          .restorePoints()
          .dispose(savepoint.toString())
          .get(TestServer.PATIENCE_SECONDS, TimeUnit.SECONDS);

      assertThat(savepoint).doesNotExist();
      assertThat(catalog.snapshotsAt(savepoint.toUri().toString().replaceAll("/$", ""))).isEmpty();
      assertThatThrownBy(
              () ->
                  server
                      .dispatcher()
                      .restorePoints()
                      .dispose(savepoint.toString())
                      .get(TestServer.PATIENCE_SECONDS, TimeUnit.SECONDS))
          .hasMessageContaining("not a snapshot");
      Path foreign = Files.createDirectory(directory.resolve("foreign"));
      Files.writeString(foreign.resolve("letter.txt"), "keep me");
      assertThatThrownBy(
              () ->
                  server
                      .dispatcher()
                      .restorePoints()
                      .dispose(foreign.toString())
                      .get(TestServer.PATIENCE_SECONDS, TimeUnit.SECONDS))
          .hasMessageContaining("not a snapshot");
      assertThat(foreign.resolve("letter.txt")).exists();
    }
  }
}
