package io.weir.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.THROWABLE;

import io.weir.api.environment.JobStatus;
import io.weir.api.environment.SavepointFormatType;
import io.weir.catalog.CatalogSchema;
import io.weir.catalog.JpaJobCatalog;
import io.weir.catalog.LocalTransactions;
import io.weir.config.StartFrom;
import io.weir.job.CountingJob.Trouble;
import io.weir.job.description.StartRequest;
import io.weir.job.history.CheckpointRecord;
import io.weir.job.history.CheckpointStatus;
import io.weir.job.snapshots.RebuildReport;
import io.weir.job.snapshots.RefusedException;
import io.weir.job.surroundings.CatalogException;
import io.weir.job.surroundings.JobCatalog;
import io.weir.snapshot.JobId;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs go on from what storage holds when the catalog's database is gone. */
class CatalogRebuildTest {
  private static final int COUNT = 600;
  private static final int WITHOUT_END = 100_000_000;

  @TempDir private Path directory;

  private LocalTransactions transactions;
  private JobCatalog catalog = emptyCatalog();

  /** In a new database; the one before is out of reach. */
  private JobCatalog emptyCatalog() {
    JdbcDataSource database = new JdbcDataSource();
    database.setUrl("jdbc:h2:mem:" + System.nanoTime() + ";DB_CLOSE_DELAY=-1");
    if (transactions != null) {
      transactions.close();
    }
    try {
      CatalogSchema.migrate(database);
    } catch (CatalogException e) {
      throw new AssertionError(e);
    }
    transactions = new LocalTransactions(database);
    return new JpaJobCatalog(transactions);
  }

  @AfterEach
  void close() {
    transactions.close();
  }

  private CountingJob job(int count) {
    return new CountingJob(directory.resolve("out"), 1, count, Trouble.NONE, 0);
  }

  private TestServer server(int count) {
    return new TestServer(catalog, directory.resolve("checkpoints")).with(job(count));
  }

  /** Runs for a while, and loses the catalog. */
  private List<CheckpointRecord> runAndLoseTheCatalog(int count) throws Exception {
    List<CheckpointRecord> retained;
    CountingJob job = job(count).hold();
    try (TestServer server = server(count)) {
      JobId id = server.dispatcher().start("counting");
      TestServer.until(() -> catalog.checkpointCounts(id).get(CheckpointStatus.COMPLETED) >= 3);
      assertThat(server.suspend(id)).isEqualTo(JobStatus.SUSPENDED);
      job.letGo();
      server.awaitBlockingWork();
      retained = catalog.restorePoints(id);
    }
    catalog = emptyCatalog();
    return retained;
  }

  @Test
  void withoutARebuildTheJobDoesNotBeginAnewUnlessItIsAskedTo() throws Exception {
    List<CheckpointRecord> left = runAndLoseTheCatalog(WITHOUT_END);
    try (TestServer server = server(WITHOUT_END)) {
      assertThat(server.dispatcher().startAll(List.of("counting")))
          .extractingByKey("counting", THROWABLE)
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining(left.get(0).job().toString());
      assertThat(catalog.jobs()).isEmpty();

      JobId id = server.dispatcher().start("counting", StartRequest.from(StartFrom.NOTHING));
      TestServer.until(() -> server.view(id).status() == JobStatus.RUNNING);
      assertThat(catalog.attempts(id, 1).get(0).restoredPath()).isNull();
      server.cancel(id);
    }
  }

  @Test
  void afterARebuildTheJobGoesOnAndEachLineIsThereOnce() throws Exception {
    List<CheckpointRecord> left = runAndLoseTheCatalog(COUNT);
    JobId id = left.get(0).job();
    try (TestServer server = server(COUNT)) {
      RebuildReport report = server.dispatcher().restorePoints().rebuildCatalog(List.of());

      assertThat(report.notes()).isEmpty();
      assertThat(report.snapshots()).isEqualTo(left.size());
      assertThat(report.added())
          .singleElement()
          .asString()
          .contains("'counting'", id.toString(), "SUSPENDED", left.get(0).path());
      assertThat(catalog.restorePoints(id))
          .extracting(CheckpointRecord::path)
          .containsExactlyElementsOf(left.stream().map(CheckpointRecord::path).toList());
      RebuildReport again = server.dispatcher().restorePoints().rebuildCatalog(List.of());
      assertThat(again.added()).isEmpty();
      assertThat(again.notes()).isEmpty();

      assertThat(server.dispatcher().start("counting")).isEqualTo(id);
      assertThat(server.end(id)).isEqualTo(JobStatus.FINISHED);
      server.awaitBlockingWork();
      assertThat(catalog.attempts(id, 1).get(0).restoredCheckpointId()).hasValue(left.get(0).id());
      assertThat(CountingJob.times(job(COUNT).written()))
          .allSatisfy((line, times) -> assertThat(times).isOne())
          .containsOnlyKeys(job(COUNT).expected());
    }
  }

  @Test
  void aRebuildThatWasBrokenOffIsCompletedByTheNext() throws Exception {
    List<CheckpointRecord> left = runAndLoseTheCatalog(COUNT);
    JobId id = left.get(0).job();
    catalog.register(id, "counting", Map.of(), 1);
    try (TestServer server = server(COUNT)) {
      assertThat(server.dispatcher().restorePoints().rebuildCatalog(List.of()).added()).hasSize(1);
      assertThat(catalog.job(id).orElseThrow().status()).isEqualTo(JobStatus.SUSPENDED);
      assertThat(catalog.restorePoints(id)).hasSameSizeAs(left);
    }
  }

  @Test
  void whatCannotBeReadIsSaid() throws Exception {
    List<CheckpointRecord> left = runAndLoseTheCatalog(COUNT);
    Files.write(Path.of(URI.create(left.get(0).path())).resolve("_metadata"), new byte[5]);
    try (TestServer server = server(COUNT)) {
      RebuildReport report =
          server.dispatcher().restorePoints().rebuildCatalog(List.of("nowhere:/x"));

      assertThat(report.notes())
          .hasSize(2)
          .anyMatch(note -> note.contains(left.get(0).path() + " cannot be read"))
          .anyMatch(note -> note.contains("nowhere:/x could not be searched"));
      assertThat(report.snapshots()).isEqualTo(left.size() - 1);
      server.dispatcher().start("counting");
      assertThat(server.end(left.get(0).job())).isEqualTo(JobStatus.FINISHED);
      server.awaitBlockingWork();
      assertThat(new TreeSet<>(job(COUNT).written()))
          .isEqualTo(new TreeSet<>(job(COUNT).expected()));
    }
  }

  @Test
  void aJobThatHasBegunAnewMeanwhileIsNotDisturbed() throws Exception {
    List<CheckpointRecord> left = runAndLoseTheCatalog(WITHOUT_END);
    try (TestServer server = server(WITHOUT_END)) {
      JobId anew = server.dispatcher().start("counting", StartRequest.from(StartFrom.NOTHING));

      RebuildReport report = server.dispatcher().restorePoints().rebuildCatalog(List.of());

      assertThat(report.notes())
          .anyMatch(
              note ->
                  note.contains("was not taken up")
                      && note.contains(anew.toString())
                      && note.contains("start the job from " + left.get(0).path()));
      assertThat(catalog.job(left.get(0).job())).isEmpty();
      assertThat(catalog.jobNamed("counting").orElseThrow().id()).isEqualTo(anew);
      server.cancel(anew);
    }
  }

  @Test
  void fromASavepointAloneANewRunBegins() throws Exception {
    String savepoints = directory.resolve("savepoints").toUri().toString();
    JobId old;
    try (TestServer server = server(WITHOUT_END)) {
      old = server.dispatcher().start("counting");
      TestServer.until(() -> !catalog.restorePoints(old).isEmpty());
      String unused =
          server
              .dispatcher()
              .savepoint(
                  old,
                  new SavepointRequest(Optional.of(savepoints), SavepointFormatType.CANONICAL),
                  true)
              .get(TestServer.PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(server.end(old)).isEqualTo(JobStatus.CANCELED);
      server.awaitBlockingWork();
    }
    catalog = emptyCatalog();
    try (TestServer server = server(WITHOUT_END)) {
      assertThat(server.dispatcher().restorePoints().rebuildCatalog(List.of(savepoints)).added())
          .hasSize(1);
      assertThat(catalog.job(old).orElseThrow().status()).isEqualTo(JobStatus.CANCELED);

      JobId next = server.dispatcher().start("counting");
      TestServer.until(() -> !catalog.attempts(next, 1).isEmpty());
      assertThat(next).isNotEqualTo(old);
      assertThat(catalog.attempts(next, 1).get(0).isRestoredFromSavepoint()).isTrue();
      server.cancel(next);
    }
  }
}
