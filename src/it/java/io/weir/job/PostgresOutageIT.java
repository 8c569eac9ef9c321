package io.weir.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.api.StreamJob;
import io.weir.api.connector.lib.NumberSequenceSource;
import io.weir.api.environment.JobStatus;
import io.weir.api.environment.StreamExecutionEnvironment;
import io.weir.api.eventtime.WatermarkStrategy;
import io.weir.api.types.Types;
import io.weir.catalog.CatalogSchema;
import io.weir.catalog.JpaJobCatalog;
import io.weir.catalog.LocalTransactions;
import io.weir.catalog.Transactions;
import io.weir.config.CheckpointingOptions;
import io.weir.config.Configuration;
import io.weir.connector.file.FileSink;
import io.weir.job.history.CheckpointStatus;
import io.weir.job.surroundings.CatalogException;
import io.weir.job.surroundings.CatalogProbe;
import io.weir.job.surroundings.JobCatalog;
import io.weir.servers.CommitRelay;
import io.weir.servers.CommitRelay.Fault;
import io.weir.servers.DeliveredDataSource;
import io.weir.servers.PostgresServer;
import io.weir.snapshot.JobId;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** Jobs whose catalog is in a PostgreSQL that hangs, dies and loses the answers of commits. */
class PostgresOutageIT {
  private static final int HANGS_SECONDS = 2;

  @RegisterExtension static final PostgresServer SERVER = new PostgresServer();

  /** How many numbers have been processed; there is one such job at a time. */
  private static final AtomicLong PROCESSED = new AtomicLong();

  @TempDir private Path directory;

  private final AtomicInteger failures = new AtomicInteger();
  private String url;
  private LocalTransactions transactions;

  /** What the job works with. */
  private JobCatalog catalog;

  private LocalTransactions patientTransactions;

  /** What the test looks with: it takes longer for a database to count as one that hangs. */
  private JobCatalog patient;

  @BeforeEach
  void makeDatabase() throws Exception {
    url = SERVER.newDatabase();
    CatalogSchema.migrate(source(SERVER.port()));
    patientTransactions = new LocalTransactions(DeliveredDataSource.at(url));
    patient = new JpaJobCatalog(patientTransactions);
    connectThrough(SERVER.port());
  }

  /** As it is delivered, but less patient. */
  private PGSimpleDataSource source(int port) throws IOException, SQLException {
    PGSimpleDataSource source =
        DeliveredDataSource.at(url.replace(":" + SERVER.port() + "/", ":" + port + "/"));
    source.setSocketTimeout(HANGS_SECONDS);
    source.setConnectTimeout(HANGS_SECONDS);
    return source;
  }

  private void connectThrough(int port) throws Exception {
    disconnect();
    transactions = new LocalTransactions(source(port));
    catalog =
        new JpaJobCatalog(
            new Transactions() {
              @Override
              public <T, E extends Exception> T call(Work<T, E> work) throws E {
                try {
                  return transactions.call(work);
                } catch (RuntimeException e) {
                  failures.incrementAndGet();
                  throw e;
                }
              }
            });
  }

  private void disconnect() {
    if (transactions != null) {
      transactions.close();
    }
  }

  @AfterEach
  void close() {
    disconnect();
    patientTransactions.close();
  }

  /** Has no end, and does not wait for anything. */
  private record EndlessJob(Path output) implements StreamJob {
    private static final long NANOS_PER_NUMBER = 50_000;

    @Override
    public String name() {
      return "endless";
    }

    @Override
    public void define(StreamExecutionEnvironment env) {
      env.setParallelism(1);
      env.enableCheckpointing(50);
      env.configure(new Configuration().set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, 10_000));
      env.fromSource(
              new NumberSequenceSource(0, Long.MAX_VALUE - 1),
              WatermarkStrategy.noWatermarks(),
              "numbers",
              Types.LONG)
          .map(
              number -> {
                LockSupport.parkNanos(NANOS_PER_NUMBER);
                PROCESSED.incrementAndGet();
                return number.toString();
              })
          .returns(Types.STRING)
          .sinkTo(FileSink.<String>forRowFormat(output, line -> line).build());
    }
  }

  private TestServer server(StreamJob job) {
    return new TestServer(catalog, directory.resolve("checkpoints")).with(job);
  }

  private long completed(JobId id) throws CatalogException {
    return patient.checkpointCounts(id).get(CheckpointStatus.COMPLETED);
  }

  private JobStatus statusOf(JobId id) throws CatalogException {
    return patient.job(id).orElseThrow().status();
  }

  /** What is to happen to the database, and later to be over. */
  private interface Step {
    void run() throws Exception;
  }

  private void goesOnThrough(Step begin, Step end) throws Exception {
    try (TestServer server = server(new EndlessJob(directory.resolve("out")))) {
      JobId id = server.dispatcher().start("endless");
      TestServer.until(() -> completed(id) >= 2);
      begin.run();
      try {
        int felt = failures.get() + 2;
        TestServer.until(() -> failures.get() >= felt);
        assertThat(new CatalogProbe(catalog).failure().orElse(""))
            .as("why the server is not ready")
            .contains("database");
        long processed = PROCESSED.get();
        TestServer.until(() -> PROCESSED.get() > processed + 1_000);
      } finally {
        end.run();
      }
      TestServer.until(() -> new CatalogProbe(catalog).failure().isEmpty());
      long before = completed(id);
      TestServer.until(() -> completed(id) >= before + 3);
      assertThat(statusOf(id)).isEqualTo(JobStatus.RUNNING);
      assertThat(patient.attempts(id, 10)).as("no restart").hasSize(1);
      server.cancel(id);
      assertThat(statusOf(id)).isEqualTo(JobStatus.CANCELED);
    }
  }

  @Test
  void whileItHangs_theJobGoesOn_andCheckpointsComeBack() throws Exception {
    goesOnThrough(SERVER::freeze, SERVER::thaw);
  }

  @Test
  void whileItIsDead_theJobGoesOn_andCheckpointsComeBack() throws Exception {
    goesOnThrough(SERVER::kill, SERVER::startAgain);
  }

  /** Of every seven commits one does not arrive, and of one the answer is lost. */
  @Test
  void whenCommitsAndTheirAnswersAreLost_eachLineIsThereOnce() throws Exception {
    CountingJob job =
        new CountingJob(directory.resolve("out"), 1, 300, CountingJob.Trouble.NONE, 0).tolerant();
    try (CommitRelay relay = CommitRelay.to(SERVER.port())) {
      connectThrough(relay.port());
      try (TestServer server = server(job)) {
        JobId id = server.dispatcher().start(job.name());
        TestServer.until(() -> statusOf(id) == JobStatus.RUNNING);
        relay.setFaults(
            number ->
                switch (number % 7) {
                  case 3 -> Fault.CUT_AFTER;
                  case 5 -> Fault.CUT_BEFORE;
                  default -> Fault.NONE;
                });

        assertThat(server.end(id)).isEqualTo(JobStatus.FINISHED);
        relay.setFaults(number -> Fault.NONE);
        server.awaitBlockingWork();
        assertThat(failures.get()).as("it was not that easy").isGreaterThanOrEqualTo(2);
        assertThat(statusOf(id)).isEqualTo(JobStatus.FINISHED);
        assertThat(job.written()).isEqualTo(job.expected());
      }
    }
  }
}
