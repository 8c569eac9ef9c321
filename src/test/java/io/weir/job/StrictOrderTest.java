package io.weir.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.api.environment.JobStatus;
import io.weir.job.history.CheckpointStatus;
import io.weir.job.history.SubtaskRecord;
import io.weir.job.local.InMemoryCatalog;
import io.weir.job.surroundings.CatalogException;
import io.weir.snapshot.JobId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Unaligned checkpoints of jobs with real threads that fail in every way. */
class StrictOrderTest {
  private static final int CHECKPOINTS = 10;

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "PIPELINE, 1", "PIPELINE, 4", "PIPELINE, 8",
    "UNION, 1", "UNION, 4", "UNION, 8",
    "CONNECT, 1", "CONNECT, 4", "CONNECT, 8"
  })
  void overFiveFailuresNothingIsLostRepeatedOrOutOfOrder(
      StrictOrderJob.Topology topology, int parallelism) throws Exception {
    InMemoryCatalog catalog = new InMemoryCatalog();
    StrictOrderJob job = new StrictOrderJob(directory.resolve("output"), topology, parallelism);
    try (TestServer server = new TestServer(catalog, directory.resolve("checkpoints")).with(job)) {
      JobId id = server.dispatcher().start(job.name());

      assertThat(server.end(id)).isEqualTo(JobStatus.FINISHED);
      assertThat(server.view(id).attempt()).as("restarts").isEqualTo(StrictOrderJob.FAILURES);
      assertThat(catalog.checkpointCounts(id).get(CheckpointStatus.COMPLETED))
          .isGreaterThanOrEqualTo(CHECKPOINTS);
      assertThat(inFlightBytes(catalog, id))
          .as("without records in flight this proves nothing")
          .isPositive();
    }
    assertThat(lines()).containsExactlyInAnyOrderElementsOf(job.expected());
  }

  private static long inFlightBytes(InMemoryCatalog catalog, JobId id) throws CatalogException {
    return catalog.checkpoints(id, Integer.MAX_VALUE).stream()
        .filter(checkpoint -> checkpoint.status() == CheckpointStatus.COMPLETED)
        .flatMap(checkpoint -> checkpoint.vertices().stream())
        .flatMap(vertex -> vertex.subtasks().stream())
        .mapToLong(SubtaskRecord::persistedBytes)
        .sum();
  }

  private List<String> lines() throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.walk(directory.resolve("output"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.getFileName().toString().startsWith(".")) {
          lines.addAll(Files.readAllLines(file));
        }
      }
    }
    return lines;
  }
}
