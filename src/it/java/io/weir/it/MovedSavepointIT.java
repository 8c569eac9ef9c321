package io.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.it.deployed.Eventually;
import io.weir.servers.PostgresServer;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The demo job with unaligned checkpoints stops with a savepoint, which is moved, and goes on from
 * there in another server process with another parallelism. The catalog is in a PostgreSQL, which
 * hangs for a while before that. The output is compared with the oracle, which does not use Weir.
 */
class MovedSavepointIT {
  private static final Duration LIMIT = Duration.ofMinutes(4);
  private static final String JOB = "flights";

  @RegisterExtension static final PostgresServer POSTGRES = new PostgresServer();

  private WeirServer server;

  @BeforeEach
  void prepare() throws Exception {
    server = WeirServer.named("moved");
    server.addLibrary("lib/jdbc", org.postgresql.Driver.class);
    server.environment("WEIR_CATALOG_URL", POSTGRES.newDatabase());
    server.environment("WEIR_CATALOG_USER", PostgresServer.USER);
  }

  @AfterEach
  void end() throws InterruptedException {
    server.close();
  }

  private void start(int parallelism, int recordsPerSecond) throws IOException {
    server.configure(
        """
        weir.security.loopback=operator
        execution.checkpointing.unaligned.enabled=true
        execution.checkpointing.tolerable-failed-checkpoints=10000
        jobs.flights.execution.checkpointing.interval=300ms
        jobs.flights.parallelism.default=%d
        jobs.flights.demo.records-per-second=%d
        """
            .formatted(parallelism, recordsPerSecond));
    server.start();
  }

  @Test
  void theOutputIsThatOfARunWithoutAStop() throws Exception {
    // few, so that it comes to no end before it is stopped
    start(2, 2_000);
    String id = runs();
    assertThat(
            server.rest().json("/jobs/" + id + "/checkpoints/config").at("/unaligned_checkpoints"))
        .as("unaligned checkpoints")
        .hasToString("true");

    outlivesADatabaseThatHangs(id);
    Path savepoint = stop(id);
    server.stop();
    Path moved = server.data().resolve("elsewhere");
    Files.move(savepoint, moved);

    start(3, 1_000_000);
    String next = startFrom(moved);
    server.rest().awaitFinished(next, LIMIT);
    assertThat(parallelismOf(next)).isEqualTo(3);
    JsonNode restored = server.rest().json("/jobs/" + next + "/checkpoints").at("/latest/restored");
    assertThat(restored.get("is_savepoint").asBoolean()).isTrue();
    assertThat(restored.get("external_path").asText()).contains("/elsewhere");
    assertThat(server.verifyDemo()).startsWith("OK ");
    assertThat(server.data().resolve("catalog")).as("an H2").doesNotExist();
    assertThat(moved.resolve("_metadata")).as("is its user's").exists();
  }

  /** Waits for two checkpoints; the id of the job. */
  private String runs() throws Exception {
    return Eventually.gives(
        LIMIT,
        () -> {
          String id = server.rest().steady(JOB);
          assertThat(server.rest().newestCompleted(id).get("id").asLong()).isGreaterThan(1);
          return id;
        });
  }

  /** Which the server tells, while the job processes on. */
  private void outlivesADatabaseThatHangs(String id) throws Exception {
    POSTGRES.freeze();
    try {
      Eventually.holds(LIMIT, () -> assertThat(catalogFailure()).contains("database"));
      long written = Eventually.gives(LIMIT, this::outputBytes);
      Eventually.holds(LIMIT, () -> assertThat(outputBytes()).isGreaterThan(written));
    } finally {
      POSTGRES.thaw();
    }
    Eventually.holds(
        LIMIT, () -> assertThat(server.rest().get("/health/ready").status()).isEqualTo(200));
    long before = server.rest().newestCompleted(id).get("id").asLong();
    Eventually.holds(
        LIMIT,
        () ->
            assertThat(server.rest().newestCompleted(id).get("id").asLong()).isGreaterThan(before));
    assertThat(server.rest().json("/weir/v1/overview/" + id).get("restarts").asInt()).isZero();
  }

  /** Why the server is not ready; fails if it is. */
  private String catalogFailure() throws Exception {
    Rest.Answer ready = server.rest().get("/health/ready");
    assertThat(ready.status()).as(ready.body()).isEqualTo(503);
    return ready.json().at("/checks").findPath("catalog").asText();
  }

  private long outputBytes() throws IOException {
    try (Stream<Path> files = Files.walk(server.data().resolve("demo/output"))) {
      return files.map(Path::toFile).filter(File::isFile).mapToLong(File::length).sum();
    } catch (UncheckedIOException e) {
      // a file was renamed meanwhile
      throw e.getCause();
    }
  }

  private Path stop(String id) throws Exception {
    Rest.Answer asked =
        server
            .rest()
            .post(
                "/jobs/" + id + "/stop",
                "{\"targetDirectory\": \"%s\", \"drain\": false}"
                    .formatted(server.data().resolve("savepoints")));
    assertThat(asked.status()).as(asked.body()).isEqualTo(202);
    String trigger = asked.json().get("request-id").asText();
    String location =
        Eventually.gives(
            LIMIT,
            () -> {
              JsonNode status = server.rest().json("/jobs/" + id + "/savepoints/" + trigger);
              JsonNode where = status.at("/operation/location");
              assertThat(where.isTextual()).as(status.toString()).isTrue();
              return where.asText();
            });
    assertThat(server.rest().json("/jobs/" + id).get("state").asText()).isEqualTo("FINISHED");
    return Path.of(URI.create(location));
  }

  private String startFrom(Path savepoint) throws Exception {
    return Eventually.gives(
        LIMIT,
        () -> {
          Rest.Answer started =
              server
                  .rest()
                  .post(
                      "/weir/v1/jobs/" + JOB + "/start",
                      "{\"from\": \"%s\", \"claimMode\": \"NO_CLAIM\"}".formatted(savepoint));
          assertThat(started.status()).as(started.body()).isEqualTo(202);
          return started.json().get("id").asText();
        });
  }

  private int parallelismOf(String id) throws Exception {
    int most = 0;
    for (JsonNode vertex : server.rest().json("/jobs/" + id).get("vertices")) {
      most = Math.max(most, vertex.get("parallelism").asInt());
    }
    return most;
  }
}
