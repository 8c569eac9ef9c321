package io.weir.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.api.environment.JobStatus;
import io.weir.config.Configuration;
import io.weir.config.DamagedCheckpoint;
import io.weir.config.StateRecoveryOptions;
import io.weir.engine.Clock;
import io.weir.inspect.SnapshotVerification;
import io.weir.job.CountingJob.Trouble;
import io.weir.job.history.AttemptRecord;
import io.weir.job.history.CheckpointRecord;
import io.weir.job.history.CheckpointStatus;
import io.weir.job.history.FailureRecord;
import io.weir.job.local.InMemoryCatalog;
import io.weir.job.local.SystemClock;
import io.weir.job.snapshots.SnapshotScrub;
import io.weir.snapshot.JobId;
import io.weir.storage.ObjectStorages;
import io.weir.storage.SnapshotReader;
import io.weir.storage.file.FileStorageProvider;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job whose newest checkpoint has been found damaged while it rested. */
class DamagedCheckpointTest {
  @TempDir private Path directory;

  private final InMemoryCatalog catalog = new InMemoryCatalog();
  private final SnapshotScrub scrub =
      new SnapshotScrub(
          catalog,
          new LateClock(),
          path ->
              new SnapshotVerification(
                      new SnapshotReader(ObjectStorages.of(new FileStorageProvider())), count -> {})
                  .verify(path)
                  .damages(),
          0);
  private long lateMillis;
  private CountingJob job;
  private JobId id;
  private List<CheckpointRecord> retained;

  private TestServer server(DamagedCheckpoint policy) {
    return new TestServer(
            catalog,
            directory.resolve("checkpoints"),
            new Configuration().set(StateRecoveryOptions.DAMAGED_CHECKPOINT, policy))
        .with(job);
  }

  @BeforeEach
  void leaveADamagedCheckpoint() throws Exception {
    job = new CountingJob(directory.resolve("out"), 1, 600, Trouble.NONE, 0).withFiles().hold();
    try (TestServer server = server(DamagedCheckpoint.FAIL)) {
      id = server.dispatcher().start(job.name());
      TestServer.until(() -> catalog.checkpointCounts(id).get(CheckpointStatus.COMPLETED) >= 3);
      assertThat(server.suspend(id)).isEqualTo(JobStatus.SUSPENDED);
      job.letGo();
      server.awaitBlockingWork();
    }
    retained = catalog.restorePoints(id);
    cutStateOf(retained.get(0));
    scrub.verifySoon(retained.get(0).path());
    scrub.run();
    // the second look
    lateMillis = SnapshotScrub.ROUND_MILLIS;
    scrub.run();
    assertThat(catalog.checkpoint(id, retained.get(0).id()).orElseThrow().damage())
        .contains("it ends after 1 bytes");
  }

  private static void cutStateOf(CheckpointRecord checkpoint) throws Exception {
    try (Stream<Path> files = Files.list(Path.of(URI.create(checkpoint.path())))) {
      Path state =
          files.filter(each -> !each.endsWith("_metadata")).sorted().findFirst().orElseThrow();
      Files.write(state, new byte[1]);
    }
  }

  @Test
  void aJobThatMayRepeatGoesOnFromTheNextOlderOneWithTheLossInTime() throws Exception {
    try (TestServer server = server(DamagedCheckpoint.FALL_BACK)) {
      server.dispatcher().start(job.name());
      assertThat(server.end(id)).isEqualTo(JobStatus.FINISHED);
      server.awaitBlockingWork();
    }

    AttemptRecord attempt = catalog.attempts(id, 1).get(0);
    assertThat(attempt.restoredCheckpointId()).hasValue(retained.get(1).id());
    assertThat(attempt.why())
        .contains(
            "Unusable: checkpoint " + retained.get(0).id(),
            "it ends after 1 bytes",
            "older: what was processed in that time is processed again",
            "had committed in that time is committed once more");
    assertThat(new TreeSet<>(job.written())).isEqualTo(new TreeSet<>(job.expected()));
  }

  @Test
  void aJobThatMustNotRepeatIsRefusedUntilSomebodyDecides() throws Exception {
    List<String> before = job.written();
    try (TestServer server = server(DamagedCheckpoint.FAIL)) {
      server.dispatcher().start(job.name());
      assertThat(server.end(id)).isEqualTo(JobStatus.FAILED);
      server.awaitBlockingWork();
    }

    assertThat(catalog.failures(id, 1))
        .singleElement()
        .extracting(FailureRecord::stackTrace)
        .asString()
        .contains("checkpoint " + retained.get(0).id(), "was not restored", "=FALL_BACK");
    assertThat(job.written()).isEqualTo(before);
    try (TestServer server = server(DamagedCheckpoint.FALL_BACK)) {
      id = server.dispatcher().start(job.name());
      assertThat(server.end(id)).isEqualTo(JobStatus.FINISHED);
      server.awaitBlockingWork();
    }
    assertThat(new TreeSet<>(job.written())).isEqualTo(new TreeSet<>(job.expected()));
  }

  private final class LateClock implements Clock {
    private final Clock system = new SystemClock();

    @Override
    public long nowMillis() {
      return system.nowMillis() + lateMillis;
    }

    @Override
    public long nanoTime() {
      return system.nanoTime();
    }
  }
}
