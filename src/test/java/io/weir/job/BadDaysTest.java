package io.weir.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.api.environment.JobStatus;
import io.weir.job.CountingJob.Trouble;
import io.weir.job.history.CheckpointRecord;
import io.weir.job.history.DecisionRecord;
import io.weir.job.local.InMemoryCatalog;
import io.weir.job.surroundings.JobNameTakenException;
import io.weir.snapshot.JobId;
import io.weir.storage.ObjectStorages;
import io.weir.storage.file.FileStorageProvider;
import io.weir.testkit.CatalogFault;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes wrong around a job: each has one clear message with a way out, and nothing is lost. */
class BadDaysTest {
  @TempDir private Path directory;
  private final WatchedCatalog catalog = new WatchedCatalog(new InMemoryCatalog());
  private CountingJob job;

  @BeforeEach
  void defineJob() {
    job = new CountingJob(directory.resolve("out"), 1, 2_000, Trouble.NONE, 0);
  }

  private TestServer server() {
    return server(new FileStorageProvider());
  }

  private TestServer server(io.weir.storage.StorageProvider storage) {
    return new TestServer(
            "server",
            catalog.port(),
            directory.resolve("checkpoints"),
            ObjectStorages.of(storage),
            0)
        .with(job);
  }

  private void assertEachLineOnce() throws IOException {
    assertThat(CountingJob.times(job.written())).isEqualTo(CountingJob.times(job.expected()));
  }

  /** What happens to a file. */
  enum Damage {
    METADATA_CHANGED("_metadata") {
      @Override
      void to(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
      }
    },
    METADATA_TRUNCATED("_metadata") {
      @Override
      void to(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));
      }
    },
    METADATA_MISSING("_metadata") {
      @Override
      void to(Path file) throws IOException {
        Files.delete(file);
      }
    },
    STATE_CHANGED("") {
      @Override
      void to(Path file) throws IOException {
        METADATA_CHANGED.to(file);
      }
    },
    STATE_TRUNCATED("") {
      @Override
      void to(Path file) throws IOException {
        METADATA_TRUNCATED.to(file);
      }
    },
    STATE_MISSING("") {
      @Override
      void to(Path file) throws IOException {
        METADATA_MISSING.to(file);
      }
    };

    private final String name;

    Damage(String name) {
      this.name = name;
    }

    abstract void to(Path file) throws IOException;

    /** Damages one checkpoint. */
    void to(CheckpointRecord checkpoint) throws IOException {
      List<Path> files;
      try (Stream<Path> all = Files.list(Path.of(URI.create(checkpoint.path())))) {
        files =
            all.filter(file -> name.isEmpty() ? !file.endsWith("_metadata") : file.endsWith(name))
                .toList();
      }
      assertThat(files).isNotEmpty();
      for (Path file : files) {
        to(file);
      }
    }
  }

  private List<CheckpointRecord> suspendAfterSomeCheckpoints() throws Exception {
    job.hold();
    try (TestServer server = server()) {
      JobId id = server.dispatcher().start(job.name());
      catalog.awaitCheckpoints(4);
      assertThat(server.suspend(id)).isEqualTo(JobStatus.SUSPENDED);
      job.letGo();
      return server.restorePoints(id);
    }
  }

  @ParameterizedTest
  @EnumSource(Damage.class)
  void aDamagedCheckpointIsReportedAndTheNextOlderOneUsed(Damage damage) throws Exception {
    job = job.withFiles();
    List<CheckpointRecord> points = suspendAfterSomeCheckpoints();
    assertThat(points).hasSizeGreaterThan(1);
    damage.to(points.get(0));
    try (TestServer server = server()) {
      JobId id = server.dispatcher().start(job.name());

      assertThat(server.end(id)).isEqualTo(JobStatus.FINISHED);
      assertThat(catalog.port().attempts(id, 100))
          .anySatisfy(
              attempt -> {
                assertThat(attempt.restoredCheckpointId()).hasValue(points.get(1).id());
                assertThat(attempt.why())
                    .contains("Unusable: checkpoint " + points.get(0).id())
                    .contains("chk-" + points.get(0).id())
                    .contains("Restoring checkpoint " + points.get(1).id())
                    .contains("what was processed in that time is processed again");
              });
      assertThat(new TreeSet<>(job.written()))
          .as("nothing is lost; what was committed after the older checkpoint may be there twice")
          .isEqualTo(new TreeSet<>(job.expected()));
    }
  }

  @Test
  void whenAllCheckpointsAreDamaged_theJobIsRefusedAndKeepsThem() throws Exception {
    List<CheckpointRecord> points = suspendAfterSomeCheckpoints();
    for (CheckpointRecord point : points) {
      Damage.METADATA_TRUNCATED.to(point);
    }
    try (TestServer server = server()) {
      JobId id = server.dispatcher().start(job.name());

      assertThat(server.end(id)).isEqualTo(JobStatus.FAILED);
      assertThat(server.view(id).lastFailure()).hasMessageContaining("chk-" + points.get(0).id());
      assertThat(points)
          .allSatisfy(point -> assertThat(Path.of(URI.create(point.path()))).isDirectory());
    }
  }

  @Test
  void aFileInTheWayOfTheCheckpointsRefusesTheJobAtOnce() throws Exception {
    Files.writeString(directory.resolve("checkpoints"), "I am a file");
    job = new CountingJob(directory.resolve("out"), 1, 100, Trouble.NONE, 10);
    try (TestServer server = server()) {
      assertThatThrownBy(() -> server.dispatcher().start(job.name()))
          .hasMessageContainingAll("Checkpoints cannot be kept in", "configure another directory");
      assertThat(catalog.port().jobs()).as("it was not submitted").isEmpty();

      Files.delete(directory.resolve("checkpoints"));
      JobId again = server.dispatcher().start(job.name());
      assertThat(server.end(again)).isEqualTo(JobStatus.FINISHED);
      assertEachLineOnce();
    }
  }

  @Test
  void aFileInTheWayRefusesAJobThatIsResumedWithoutRestarts() throws Exception {
    job = new CountingJob(directory.resolve("out"), 1, 2_000, Trouble.NONE, 10);
    suspendAfterSomeCheckpoints();
    Path aside = directory.resolve("aside");
    Files.move(directory.resolve("checkpoints"), aside);
    Files.writeString(directory.resolve("checkpoints"), "I am a file");
    try (TestServer server = server()) {
      JobId id = server.dispatcher().start(job.name());

      assertThat(server.end(id)).isEqualTo(JobStatus.FAILED);
      assertThat(server.view(id).lastFailure())
          .hasMessageContainingAll(
              "No snapshot can be used", "Bring back the files of one of them");
      assertThat(catalog.port().failures(id, 10)).as("no restarts").hasSize(1);

      Files.delete(directory.resolve("checkpoints"));
      Files.move(aside, directory.resolve("checkpoints"));
      JobId again = server.dispatcher().start(job.name());
      assertThat(server.end(again)).isEqualTo(JobStatus.FINISHED);
      assertEachLineOnce();
    }
  }

  @Test
  void aDirectoryThatIsFullMakesCheckpointsFailUntilThereIsRoom() throws Exception {
    job = job.tolerant().hold();
    FullDisk disk = new FullDisk();
    try (LoggedLines log = new LoggedLines();
        TestServer server = server(disk)) {
      JobId id = server.dispatcher().start(job.name());
      catalog.awaitCheckpoints(2);
      disk.fill();
      disk.awaitRefusals(3);
      disk.makeRoom();
      job.letGo();

      assertThat(server.end(id)).isEqualTo(JobStatus.FINISHED);
      assertThat(server.view(id).attempt()).as("restarts").isZero();
      assertThat(catalog.port().checkpoints(id, 1_000))
          .filteredOn(
              checkpoint -> "FINALIZE_CHECKPOINT_FAILURE".equals(checkpoint.failureReason()))
          .isNotEmpty()
          .allSatisfy(
              checkpoint -> {
                assertThat(checkpoint.failureMessage())
                    .contains("No space left on device. Mend the checkpoint storage");
                assertThat(checkpoint.explanation()).contains("was given up", "No space left");
              });
      assertThat(log.lines(Level.WARNING))
          .anySatisfy(
              line ->
                  assertThat(line)
                      .startsWith("Aborted checkpoint ")
                      .contains("No space left on device. Mend the checkpoint storage")
                      .endsWith("1 has failed in a row, 10000 may."))
          .anySatisfy(line -> assertThat(line).endsWith("2 have failed in a row, 10000 may."));
      assertThat(log.lines(Level.INFO))
          .anySatisfy(
              line -> assertThat(line).containsPattern("are completed again, behind \\d+ that"));
      assertEachLineOnce();
    }
  }

  @Test
  void aCatalogThatCannotBeReachedForAWhileCostsCheckpointsOnly() throws Exception {
    job = job.tolerant().hold();
    try (TestServer server = server()) {
      JobId id = server.dispatcher().start(job.name());
      catalog.awaitCheckpoints(2);
      AtomicInteger calls = new AtomicInteger(12);
      catalog.setFaults(
          method -> calls.getAndDecrement() > 0 ? CatalogFault.FAILS_BEFORE : CatalogFault.NONE);
      job.letGo();

      assertThat(server.end(id)).isEqualTo(JobStatus.FINISHED);
      assertThat(server.view(id).attempt()).as("restarts").isZero();
      assertEachLineOnce();
    }
  }

  @Test
  void aCatalogThatCannotBeReachedAtTheStartIsWaitedFor() throws Exception {
    AtomicInteger leases = new AtomicInteger(1);
    catalog.setFaults(
        method ->
            method.equals("lease") && leases.getAndDecrement() > 0
                ? CatalogFault.FAILS_BEFORE
                : CatalogFault.NONE);
    try (TestServer server = server()) {
      JobId id = server.dispatcher().start(job.name());

      assertThat(server.end(id)).as("without any restart").isEqualTo(JobStatus.FINISHED);
      assertThat(catalog.port().failures(id, 10)).isEmpty();
      assertEachLineOnce();
    }
  }

  @Test
  void aJobThatRunsCannotBeStartedAgain() throws Exception {
    job.hold();
    try (TestServer server = server()) {
      JobId id = server.dispatcher().start(job.name());

      assertThatThrownBy(() -> server.dispatcher().start(job.name()))
          .isInstanceOf(JobNameTakenException.class)
          .hasMessageContaining("'counting'")
          .hasMessageContaining(id.toString());
      job.letGo();
      assertThat(server.end(id)).isEqualTo(JobStatus.FINISHED);
    }
  }

  @Test
  void aJobThatIsShownToHaveEndedCanBeStartedOnceTheCatalogKnowsIt() throws Exception {
    job.hold();
    CountDownLatch reachable = new CountDownLatch(1);
    try (TestServer server = server()) {
      JobId id = server.dispatcher().start(job.name());
      catalog.awaitCheckpoints(1);
      catalog.setFaults(
          method -> {
            if (method.equals("statusChanged")) {
              await(reachable);
            }
            return CatalogFault.NONE;
          });
      CompletableFuture<JobStatus> canceled = server.dispatcher().cancel(id);
      TestServer.until(() -> server.view(id).status() == JobStatus.CANCELED);

      CompletableFuture<Void> settled = server.dispatcher().settled(job.name());

      assertThat(settled).isNotDone();
      assertThatThrownBy(() -> server.dispatcher().start(job.name()))
          .isInstanceOf(JobNameTakenException.class);
      reachable.countDown();
      settled.get(TestServer.PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(canceled).isCompletedWithValue(JobStatus.CANCELED);
      job.letGo();
      JobId next = server.dispatcher().start(job.name());
      assertThat(server.end(next)).isEqualTo(JobStatus.FINISHED);
      assertThat(server.dispatcher().settled("another")).isDone();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void twoJobsOfOneNameAreRefused() {
    try (TestServer server = server()) {
      assertThatThrownBy(() -> server.with(job))
          .hasMessageContainingAll("Two jobs are named 'counting'", "give one of them another");
    }
  }

  @Test
  void aFunctionThatIsNotSerializableIsNamedAtTheStart() throws Exception {
    Object notSerializable = new Object();
    try (TestServer server =
        new TestServer(catalog.port(), directory.resolve("checkpoints"))
            .with(
                new io.weir.api.StreamJob() {
                  @Override
                  public String name() {
                    return "unserializable";
                  }

                  @Override
                  public void define(io.weir.api.environment.StreamExecutionEnvironment env) {
                    env.fromSequence(1, 10)
                        .map(number -> notSerializable.hashCode() + number)
                        .returns(io.weir.api.types.Types.LONG)
                        .name("bad")
                        .print();
                  }
                })) {
      assertThatThrownBy(() -> server.dispatcher().start("unserializable"))
          .hasMessageContainingAll("bad", "erializable");
      assertThat(catalog.port().jobs()).isEmpty();
    }
  }

  @Test
  void stateOfAnotherTypeIsRefusedAndKept() throws Exception {
    suspendAfterSomeCheckpoints();
    job = new CountingJob(directory.resolve("out"), 1, 2_000, Trouble.NONE, 10).withTextState();
    try (TestServer server = server()) {
      JobId id = server.dispatcher().start(job.name());

      assertThat(server.end(id)).isEqualTo(JobStatus.FAILED);
      assertThat(server.view(id).lastFailure())
          .hasMessageContainingAll(
              "state 'count'", "REFUSED: another type", "give the state another name");
      assertThat(catalog.port().failures(id, 10)).as("no restarts").hasSize(1);
      assertThat(server.restorePoints(id)).isNotEmpty();
    }
    job = new CountingJob(directory.resolve("out"), 1, 2_000, Trouble.NONE, 0);
    try (TestServer server = server()) {
      JobId id = server.dispatcher().start(job.name());
      assertThat(server.end(id)).isEqualTo(JobStatus.FINISHED);
      assertEachLineOnce();
    }
  }

  @Test
  void aSuspensionIsNotForgottenWhenTheServerStops() throws Exception {
    job.hold();
    try (TestServer server = server()) {
      JobId id = server.dispatcher().start(job.name());
      catalog.awaitCheckpoints(1);
      CompletableFuture<JobStatus> suspended = server.dispatcher().suspend(id);
      server.dispatcher().stopAll().get();

      assertThat(suspended).isCompletedWithValue(JobStatus.SUSPENDED);
      assertThat(server.statusInCatalog(id)).isEqualTo(JobStatus.SUSPENDED);
      assertThat(catalog.port().decisions(id, 100))
          .extracting(DecisionRecord::what)
          .contains("suspend");
    }
  }
}
