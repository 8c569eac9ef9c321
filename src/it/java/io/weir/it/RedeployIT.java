package io.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.it.deployed.CountedJob;
import io.weir.it.deployed.Eventually;
import io.weir.server.JobServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The application is taken away and deployed again while a job is under load. */
@ExtendWith(ArquillianExtension.class)
class RedeployIT {
  private static final Duration LIMIT = Duration.ofMinutes(4);
  private static final String WAR = "weir-redeployed";
  private static final Path TESTS = Path.of("target/it-data/arquillian/tests");
  private static final int REDEPLOYMENTS = 2;

  /**
   * However often it is deployed: Java 17 keeps the classes for which it has last made an {@code
   * equals} of a record, and Liberty's loggers the class that has made them first.
   */
  private static final int KEPT_LOADERS = 2;

  private final Rest rest =
      new Rest("http://localhost:" + System.getProperty("weir.arquillian.http.port") + "/" + WAR);

  @ArquillianResource private Deployer deployer;

  @Deployment(name = WAR, managed = false, testable = false)
  static WebArchive war() {
    return WeirWar.named(WAR + ".war");
  }

  @Test
  void goesOnWhereItWasAndLeavesNothingBehind() throws Exception {
    deployer.deploy(WAR);
    assertThat(rest.start(CountedJob.NAME).status()).isEqualTo(202);
    String id = rest.named(CountedJob.NAME).get("id").asText();
    long newest = completesCheckpointAfter(id, 0);
    for (int i = 0; i < REDEPLOYMENTS; i++) {
      deployer.undeploy(WAR);
      assertThatNothingIsLeft();
      deployer.deploy(WAR);
      assertThat(restored(id)).as("from the last checkpoint").isGreaterThan(newest);
      newest = completesCheckpointAfter(id, restored(id));
    }
    CountedJob.hurry(TESTS);
    rest.awaitFinished(id, LIMIT);
    List<String> results = lines(CountedJob.results(TESTS), "part-*");
    assertThat(sorted(results.stream().map(line -> line.replaceFirst(";.*", ""))))
        .isEqualTo(numbers());
    assertThat(sorted(results.stream().map(line -> line.replaceFirst(".*;", ""))))
        .as("each key was counted on")
        .isEqualTo(countsByKey());
    deployer.undeploy(WAR);
    assertThat(sorted(lines(CountedJob.processed(TESTS), "*").stream()))
        .as("processed once: nothing was replayed")
        .isEqualTo(numbers());
    assertThatNothingIsLeft();
  }

  private long completesCheckpointAfter(String id, long checkpoint) throws Exception {
    return Eventually.gives(
        LIMIT,
        () -> {
          JsonNode job = rest.named(CountedJob.NAME);
          assertThat(job.get("id").asText()).isEqualTo(id);
          assertThat(job.get("status").asText()).isEqualTo("RUNNING");
          long newest = rest.newestCompleted(id).get("id").asLong();
          assertThat(newest).isGreaterThan(checkpoint);
          return newest;
        });
  }

  private long restored(String id) throws Exception {
    return Eventually.gives(
        LIMIT,
        () -> {
          JsonNode restored = rest.json("/jobs/" + id + "/checkpoints").at("/latest/restored");
          assertThat(restored.isObject()).isTrue();
          return restored.get("id").asLong();
        });
  }

  private static void assertThatNothingIsLeft() throws Exception {
    Jcmd server = Jcmd.ofServer("arquillianServer");
    Eventually.holds(
        LIMIT,
        () -> {
          assertThat(server.threads()).noneMatch(thread -> thread.startsWith("\"weir-"));
          assertThat(server.loadersOf(JobServer.class)).isLessThanOrEqualTo(KEPT_LOADERS);
        });
  }

  private static List<String> lines(Path directory, String glob) throws IOException {
    Stream.Builder<String> lines = Stream.builder();
    try (var files = Files.newDirectoryStream(directory, glob)) {
      for (Path file : files) {
        Files.readAllLines(file).forEach(lines);
      }
    }
    return lines.build().toList();
  }

  private static List<String> sorted(Stream<String> lines) {
    return lines.sorted().toList();
  }

  private static List<String> countsByKey() {
    return sorted(
        LongStream.range(0, CountedJob.NUMBERS)
            .mapToObj(number -> number % CountedJob.KEYS + "," + number / CountedJob.KEYS));
  }

  private static List<String> numbers() {
    return sorted(LongStream.range(0, CountedJob.NUMBERS).mapToObj(String::valueOf));
  }
}
