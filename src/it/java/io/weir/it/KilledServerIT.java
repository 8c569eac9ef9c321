package io.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.config.CheckpointingOptions;
import io.weir.it.deployed.Eventually;
import io.weir.servers.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The demo job in a server that is killed again and again, whose storage goes away meanwhile, and
 * that finds its catalog locked when it comes back. Its output is compared with the oracle, which
 * does not use Weir.
 */
class KilledServerIT {
  private static final Duration LIMIT = Duration.ofMinutes(4);
  private static final String JOB = "flights";

  @RegisterExtension static final S3Server STORE = new S3Server();

  private WeirServer server;

  /** With these the job comes to no end while somebody looks at it. */
  private static final int FEW_RECORDS_PER_SECOND = 2_000;

  private static final int ALL_RECORDS_PER_SECOND = 1_000_000;

  @BeforeEach
  void prepare() throws IOException {
    server = WeirServer.named("killed");
    // above the file
    server.environment("EXECUTION_CHECKPOINTING_MIN_PAUSE", "50ms");
    server.environment("JOBS_FLIGHTS_EXECUTION_CHECKPOINTING_INTERVAL", "40s");
    // above the environment
    server.override(
        "<variable name=\"jobs.flights.execution.checkpointing.interval\" value=\"300ms\"/>");
  }

  private void configure(int recordsPerSecond, String storage) throws IOException {
    server.configure(
        """
        jobs.flights.demo.records-per-second=%d
        execution.checkpointing.num-retained=3
        execution.checkpointing.timeout=2min
        execution.checkpointing.min-pause=50s
        execution.checkpointing.snapshot-compression=true
        execution.checkpointing.data-inline-threshold=0b
        execution.checkpointing.local-backup.enabled=true
        jobs.flights.execution.checkpointing.interval=50s
        execution.checkpointing.tolerable-failed-checkpoints=1000
        jobs.flihgts.execution.checkpointing.interval=1s
        """
                .formatted(recordsPerSecond)
            + storage);
  }

  @AfterEach
  void end() throws InterruptedException {
    server.close();
  }

  @Test
  void losesNothingAndRepeatsNothing() throws Exception {
    String storage = newDirectoryInS3();
    configure(FEW_RECORDS_PER_SECOND, storage);
    server.start();
    String id = runsAndCompletesCheckpointsAfter(0);
    assertThatTheSourcesOfConfigurationAreInOrder(id);
    assertThat(server.log())
        .contains("jobs.flihgts.execution.checkpointing.interval has no effect");
    goesOnWithoutItsStorage(id);
    server.kill();

    long newest = newestCompletedInCatalog();
    server.start();
    assertThat(runsAndCompletesCheckpointsAfter(newest)).isEqualTo(id);
    assertThat(server.log())
        .contains("state was read from", "and 0 files (0 bytes) in checkpoint storage");
    server.kill();

    configure(ALL_RECORDS_PER_SECOND, storage);
    try (Connection other = openDatabase()) {
      server.start();
      assertThatTheLockIsReported();
      assertThat(other.isClosed()).isFalse();
    }
    server.rest().awaitFinished(id, LIMIT);
    assertThat(server.verifyDemo()).startsWith("OK ");
    server.stop();
  }

  /** Says nothing of the output: what was committed behind the older checkpoint comes twice. */
  @Test
  void fallsBackBehindADamagedCheckpointAndSaysSo() throws Exception {
    configure(FEW_RECORDS_PER_SECOND, /* storage= */ "");
    server.start();
    String id = runsAndCompletesCheckpointsAfter(0);
    server.kill();

    long damaged = damageNewestCheckpoint(id);
    server.start();
    assertThat(runsAndCompletesCheckpointsAfter(damaged)).isEqualTo(id);
    assertThatTheDamageIsReported(id, damaged);
  }

  private static String newDirectoryInS3() throws IOException {
    StringBuilder lines = new StringBuilder();
    STORE
        .configuration()
        .set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, STORE.newDirectory())
        .toMap()
        .forEach((key, value) -> lines.append(key).append('=').append(value).append('\n'));
    return lines.toString();
  }

  /** Checkpoints fail, nothing else does; and they are completed again once the store is back. */
  private void goesOnWithoutItsStorage(String id) throws Exception {
    STORE.stop();
    try {
      long before = counts(id).get("failed").asLong();
      Eventually.holds(
          LIMIT, () -> assertThat(counts(id).get("failed").asLong()).isGreaterThan(before + 1));
      long records = written(id);
      Eventually.holds(LIMIT, () -> assertThat(written(id)).isGreaterThan(records));
      assertThat(server.log()).contains("Aborted checkpoint", "could not write its state");
    } finally {
      STORE.startAgain();
    }
    runsAndCompletesCheckpointsAfter(server.rest().newestCompleted(id).get("id").asLong());
    assertThat(server.rest().json("/jobs/" + id + "/metrics?get=numRestarts").at("/0/value"))
        .hasToString("\"0\"");
  }

  private JsonNode counts(String id) throws Exception {
    return server.rest().json("/jobs/" + id + "/checkpoints").get("counts");
  }

  /** How many records its first vertex has given to the next. */
  private long written(String id) throws Exception {
    return server.rest().json("/jobs/" + id).at("/vertices/0/metrics/write-records").asLong();
  }

  /** Waits for two checkpoints of this run of the server; the id of the job. */
  private String runsAndCompletesCheckpointsAfter(long checkpoint) throws Exception {
    return Eventually.gives(
        LIMIT,
        () -> {
          assertThat(server.isAlive()).isTrue();
          JsonNode job = server.rest().named(JOB);
          assertThat(job.get("status").asText()).isEqualTo("RUNNING");
          String id = job.get("id").asText();
          assertThat(server.rest().newestCompleted(id).get("id").asLong())
              .isGreaterThan(checkpoint + 1);
          return id;
        });
  }

  private void assertThatTheSourcesOfConfigurationAreInOrder(String id) throws Exception {
    JsonNode config = server.rest().json("/jobs/" + id + "/checkpoints/config");
    assertThat(config.get("timeout").asLong()).as("from the file").isEqualTo(120_000);
    assertThat(config.get("min_pause").asLong()).as("from the environment").isEqualTo(50);
    assertThat(config.get("interval").asLong()).as("from server.xml").isEqualTo(300);
  }

  /** That of the catalog, and what is newer in storage: there may be one without its row. */
  private long damageNewestCheckpoint(String id) throws Exception {
    long newest = newestCompletedInCatalog();
    Path checkpoints = server.data().resolve("checkpoints").resolve(id);
    long number = newest;
    Path metadata = checkpoints.resolve("chk-" + number + "/_metadata");
    while (Files.exists(metadata)) {
      byte[] bytes = Files.readAllBytes(metadata);
      bytes[bytes.length / 2] ^= 1;
      Files.write(metadata, bytes);
      number++;
      metadata = checkpoints.resolve("chk-" + number + "/_metadata");
    }
    assertThat(number).isGreaterThan(newest);
    return newest;
  }

  private void assertThatTheDamageIsReported(String id, long damaged) throws Exception {
    JsonNode restored = server.rest().json("/jobs/" + id + "/checkpoints").at("/latest/restored");
    assertThat(restored.get("id").asLong()).as("an older checkpoint").isLessThan(damaged);
    String decisions = server.rest().named(JOB).get("decisions").toString();
    assertThat(decisions).contains("chk-" + damaged, "damaged");
  }

  private long newestCompletedInCatalog() throws SQLException {
    try (Connection database = openDatabase();
        Statement statement = database.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select max(id) from weir_checkpoint where status = 'COMPLETED'")) {
      assertThat(rows.next()).isTrue();
      return rows.getLong(1);
    }
  }

  private Connection openDatabase() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:h2:file:" + server.data().resolve("catalog/weir"), "sa", "");
  }

  private void assertThatTheLockIsReported() throws Exception {
    Eventually.holds(
        LIMIT,
        () -> {
          Rest.Answer started = server.rest().get("/health/started");
          assertThat(started.status()).isEqualTo(503);
          assertThat(started.body())
              .contains("weir-started", "Another process has the database open");
        });
  }
}
