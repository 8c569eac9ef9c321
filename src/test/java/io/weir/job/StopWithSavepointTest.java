package io.weir.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.api.environment.JobStatus;
import io.weir.api.environment.SavepointFormatType;
import io.weir.job.history.CheckpointRecord;
import io.weir.job.history.CheckpointStatus;
import io.weir.job.local.InMemoryCatalog;
import io.weir.snapshot.CheckpointType;
import io.weir.snapshot.JobId;
import io.weir.snapshot.SnapshotFormat;
import io.weir.snapshot.SnapshotKind;
import io.weir.snapshot.SnapshotMetadata;
import io.weir.storage.ObjectStorages;
import io.weir.storage.SnapshotReader;
import io.weir.storage.file.FileStorageProvider;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Savepoints, and stops with them, of a job on real threads. */
class StopWithSavepointTest {
  private static final long NUMBERS = 60_000;

  @TempDir private Path directory;
  private final InMemoryCatalog catalog = new InMemoryCatalog();

  private TestServer server() {
    return new TestServer(catalog, directory.resolve("checkpoints"));
  }

  private SavepointJob job(String name) {
    return new SavepointJob(name, directory.resolve("output"), NUMBERS);
  }

  private SavepointRequest into(String name) {
    return new SavepointRequest(
        Optional.of(directory.resolve(name).toString()), SavepointFormatType.CANONICAL);
  }

  /** Runs it until it has processed some records and has completed a checkpoint, then slowly. */
  private JobId runSlowly(TestServer server, SavepointJob job) throws Exception {
    job.switches().limit = NUMBERS / 10;
    JobId id = server.with(job).dispatcher().start(job.name());
    TestServer.until(
        () ->
            job.switches().processed.get() > NUMBERS / 10
                && catalog.checkpointCounts(id).getOrDefault(CheckpointStatus.COMPLETED, 0L) > 0);
    return id;
  }

  private static String get(CompletableFuture<String> path) throws Exception {
    return path.get(TestServer.PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private Map<String, Integer> committed() throws Exception {
    return SavepointJob.histogram(SavepointJob.committed(directory.resolve("output")));
  }

  @Test
  void aSavepointIsSelfContainedAndSaysWhatItIs_andTheJobGoesOn() throws Exception {
    try (TestServer server = server()) {
      SavepointJob job = job("plain");
      JobId id = runSlowly(server, job);

      String path = get(server.dispatcher().savepoint(id, into("savepoints"), false));

      assertThat(path)
          .matches(".*/savepoints/savepoint-" + id.toString().substring(0, 6) + "-[0-9a-f]{12}");
      SnapshotMetadata metadata =
          new SnapshotReader(ObjectStorages.of(new FileStorageProvider())).read(path);
      assertThat(metadata.kind()).isEqualTo(SnapshotKind.SAVEPOINT);
      assertThat(metadata.format()).isEqualTo(SnapshotFormat.CANONICAL);
      assertThat(metadata.operators())
          .extracting(operator -> operator.uid() + " " + operator.maxParallelism())
          .contains("numbers 128", "count 128", "total 128", "lines 128");
      job.switches().limit = Long.MAX_VALUE;
      assertThat(server.end(id)).isEqualTo(JobStatus.FINISHED);
      assertThat(committed()).isEqualTo(SavepointJob.expected(NUMBERS));
      assertThat(Path.of(URI.create(path + "/_metadata"))).as("is its user's").exists();
      assertThat(catalog.checkpoints(id, 1_000))
          .filteredOn(each -> each.type() == CheckpointType.SAVEPOINT)
          .extracting(CheckpointRecord::path)
          .containsExactly(path);
    }
  }

  @Test
  void withoutADirectory_orInAFormatThatThereIsNot_itIsRefusedWithWhatToDo() throws Exception {
    try (TestServer server = server()) {
      JobId id = runSlowly(server, job("refused"));

      assertThatThrownBy(
              () ->
                  server
                      .dispatcher()
                      .savepoint(
                          id,
                          new SavepointRequest(Optional.empty(), SavepointFormatType.CANONICAL),
                          false))
          .hasMessageContaining("execution.checkpointing.savepoint-dir");
      assertThatThrownBy(
              () ->
                  server
                      .dispatcher()
                      .stopWithSavepoint(
                          id,
                          false,
                          new SavepointRequest(Optional.of("/tmp"), SavepointFormatType.NATIVE)))
          .hasMessageContaining("NATIVE")
          .hasMessageContaining("CANONICAL");
    }
  }

  @Test
  void aSuspendingStopLeavesNothingToReplay() throws Exception {
    try (TestServer server = server()) {
      SavepointJob job = job("suspending");
      JobId id = runSlowly(server, job);

      String path = get(server.dispatcher().stopWithSavepoint(id, false, into("savepoints")));

      assertThat(server.end(id)).isEqualTo(JobStatus.FINISHED);
      int processed = job.switches().processed.get();
      Map<String, Integer> lines = committed();
      assertThat(lines.keySet()).noneMatch(line -> line.contains("="));
      assertThat(lines).as("all that was processed is committed").hasSize(processed);
      assertThat(lines.values()).containsOnly(1);
      assertThat(processed).isLessThan((int) NUMBERS);
      assertThat(catalog.restorePoints(id))
          .extracting(CheckpointRecord::path)
          .as("its own checkpoints are gone, the savepoint stays")
          .containsExactly(path);
      assertThat(Path.of(URI.create(path + "/_metadata"))).exists();
    }
  }

  @Test
  void aDrainingStopFiresWhatWaitsForTheEndOfTime() throws Exception {
    try (TestServer server = server()) {
      SavepointJob job = job("draining");
      JobId id = runSlowly(server, job);

      String path = get(server.dispatcher().stopWithSavepoint(id, true, into("savepoints")));

      assertThat(server.end(id)).isEqualTo(JobStatus.FINISHED);
      int processed = job.switches().processed.get();
      Map<String, Integer> lines = committed();
      assertThat(lines.values()).containsOnly(1);
      assertThat(lines).hasSize(processed + SavepointJob.KEYS);
      long totals =
          lines.keySet().stream()
              .filter(line -> line.contains("="))
              .mapToLong(line -> Long.parseLong(line.substring(line.indexOf('=') + 1)))
              .sum();
      assertThat(totals).isEqualTo(processed);
      assertThat(path).contains("/savepoint-");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whenTheSavepointCannotBeWritten_theJobGoesOnAndTheReasonIsTold(boolean drain)
      throws Exception {
    try (TestServer server = server()) {
      Files.writeString(directory.resolve("occupied"), "a file");
      SavepointJob job = job("unwritable-" + drain);
      JobId id = runSlowly(server, job);

      assertThatThrownBy(
              () -> get(server.dispatcher().stopWithSavepoint(id, drain, into("occupied/x"))))
          .isInstanceOf(ExecutionException.class)
          .hasMessageContaining("was not stopped")
          .hasMessageContaining("occupied");

      job.switches().limit = Long.MAX_VALUE;
      assertThat(server.end(id)).isEqualTo(JobStatus.FINISHED);
      assertThat(committed()).isEqualTo(SavepointJob.expected(NUMBERS));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whenATaskFailsInTheMiddleOfIt_theJobRestartsAndTheReasonIsTold(boolean drain)
      throws Exception {
    try (TestServer server = server()) {
      SavepointJob job = job("failing-" + drain);
      JobId id = runSlowly(server, job);
      job.switches().failSnapshot = true;

      CompletableFuture<String> stop =
          server.dispatcher().stopWithSavepoint(id, drain, into("savepoints"));
      assertThatThrownBy(() -> get(stop)).hasMessageContaining("was not stopped");

      job.switches().limit = Long.MAX_VALUE;
      assertThat(server.end(id)).isEqualTo(JobStatus.FINISHED);
      assertThat(committed()).isEqualTo(SavepointJob.expected(NUMBERS));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whenATaskFailsBehindTheSavepoint_theJobStopsAllTheSame(boolean drain) throws Exception {
    try (TestServer server = server()) {
      SavepointJob job = job("failing-behind-" + drain).withCheckpointsOnRequest();
      job.switches().limit = NUMBERS / 10;
      JobId id = server.with(job).dispatcher().start(job.name());
      TestServer.until(
          () ->
              job.switches().processed.get() > NUMBERS / 10
                  && server.view(id).status() == JobStatus.RUNNING);
      job.switches().failNotification = true;

      String path = get(server.dispatcher().stopWithSavepoint(id, drain, into("savepoints")));

      assertThat(server.end(id)).isEqualTo(JobStatus.FINISHED);
      assertThat(server.view(id).attempt()).as("restarts").isEqualTo(1);
      int processed = job.switches().processed.get();
      Map<String, Integer> lines = committed();
      assertThat(lines).hasSize(processed + (drain ? SavepointJob.KEYS : 0));
      assertThat(lines.values()).containsOnly(1);
      assertThat(catalog.restorePoints(id))
          .extracting(CheckpointRecord::path)
          .containsExactly(path);
    }
  }

  @Test
  void aJobThatIsSuspendedAndResumedReplaysNothing() throws Exception {
    try (TestServer server = server()) {
      SavepointJob job = job("resumed");
      JobId id = runSlowly(server, job);
      assertThat(server.dispatcher().suspend(id).get(TestServer.PATIENCE_SECONDS, TimeUnit.SECONDS))
          .isEqualTo(JobStatus.SUSPENDED);

      job.switches().limit = Long.MAX_VALUE;
      assertThat(server.dispatcher().start(job.name())).isEqualTo(id);

      assertThat(server.end(id)).isEqualTo(JobStatus.FINISHED);
      assertThat(job.switches().processed).hasValue((int) NUMBERS);
      assertThat(committed()).isEqualTo(SavepointJob.expected(NUMBERS));
    }
  }

  @Test
  void aJobMayBeCancelledBehindASavepoint() throws Exception {
    try (TestServer server = server()) {
      JobId id = runSlowly(server, job("cancelled"));

      String path = get(server.dispatcher().savepoint(id, into("savepoints"), true));

      assertThat(server.end(id)).isEqualTo(JobStatus.CANCELED);
      assertThat(Path.of(URI.create(path + "/_metadata"))).exists();
    }
  }

  @Test
  void aSecondStopIsRefusedWhileTheFirstIsUnderWay() throws Exception {
    try (TestServer server = server()) {
      JobId id = runSlowly(server, job("twice"));
      CompletableFuture<String> first =
          server.dispatcher().stopWithSavepoint(id, false, into("savepoints"));
      CompletableFuture<String> second =
          server.dispatcher().stopWithSavepoint(id, true, into("savepoints"));

      assertThatThrownBy(() -> get(second)).hasMessageContaining("already");
      assertThat(get(first)).contains("/savepoint-");
      assertThatThrownBy(
              () -> get(server.dispatcher().stopWithSavepoint(id, false, into("savepoints"))))
          .hasMessageContaining("FINISHED");
    }
  }
}
