package io.weir.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.api.StreamJob;
import io.weir.api.environment.JobStatus;
import io.weir.api.environment.StreamExecutionEnvironment;
import io.weir.config.Configuration;
import io.weir.config.StateRecoveryOptions;
import io.weir.job.history.CheckpointRecord;
import io.weir.job.history.SubtaskRecord;
import io.weir.job.local.InMemoryCatalog;
import io.weir.snapshot.CheckpointType;
import io.weir.snapshot.JobId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Unaligned checkpoints of jobs with real threads, under back-pressure. */
class UnalignedJobTest {
  private static final long NEVER = TimeUnit.HOURS.toMillis(1);

  @TempDir private Path directory;

  /** The numbers of finished files; those that came out of order are negative. */
  private List<Long> written(String output) throws IOException {
    List<Long> numbers = new ArrayList<>();
    try (Stream<Path> files = Files.walk(directory.resolve(output))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.getFileName().toString().startsWith(".")) {
          Files.readAllLines(file).forEach(line -> numbers.add(Long.valueOf(line)));
        }
      }
    }
    return numbers;
  }

  private static long inFlightBytes(CheckpointRecord checkpoint) {
    return checkpoint.vertices().stream()
        .flatMap(vertex -> vertex.subtasks().stream())
        .mapToLong(SubtaskRecord::persistedBytes)
        .sum();
  }

  /** The same as it stands with the operators. */
  private static long inFlightBytesOfOperators(CheckpointRecord checkpoint) {
    return checkpoint.vertices().stream()
        .flatMap(vertex -> vertex.operators().stream())
        .mapToLong(operator -> operator.sizes().inFlightBytes())
        .sum();
  }

  @ParameterizedTest
  @CsvSource({"1,0", "2,0", "4,0", "2,15"})
  void aJobThatFailsAgainAndAgainLosesRepeatsAndReordersNothing(int parallelism, long timeout)
      throws Exception {
    int count = 12_000;
    OrderedJob job =
        new OrderedJob(directory.resolve("out"), parallelism, count, 20, timeout, 3, true, null);
    try (TestServer server =
        new TestServer(new InMemoryCatalog(), directory.resolve("checkpoints")).with(job)) {
      JobId id = server.dispatcher().start(job.name());

      assertThat(server.end(id)).isEqualTo(JobStatus.FINISHED);
      assertThat(server.view(id).attempt()).as("restarts").isEqualTo(3);
    }
    assertThat(written("out"))
        .containsExactlyInAnyOrderElementsOf(LongStream.range(0, count).boxed().toList());
  }

  @ParameterizedTest
  @CsvSource({"1,2", "3,5", "4,2", "2,1", "2,2"})
  void recordsInFlightFindTheirPlaceWithAnotherParallelism(int before, int after) throws Exception {
    int count = 20_000;
    InMemoryCatalog first = new InMemoryCatalog();
    OrderedJob job =
        new OrderedJob(directory.resolve("out"), before, count, NEVER, 0, 0, false, null);
    CheckpointRecord checkpoint;
    OrderedJob.crawling = true;
    try (TestServer server = new TestServer(first, directory.resolve("checkpoints")).with(job)) {
      JobId id = server.dispatcher().start(job.name());
      checkpoint = withRecordsInFlight(server, id);
      assertThat(server.dispatcher().cancel(id).get(TestServer.PATIENCE_SECONDS, TimeUnit.SECONDS))
          .isEqualTo(JobStatus.CANCELED);
    } finally {
      OrderedJob.crawling = false;
    }
    OrderedJob rescaled =
        new OrderedJob(directory.resolve("out"), after, count, 20, 0, 0, false, checkpoint.path());
    try (TestServer server =
        new TestServer(new InMemoryCatalog(), directory.resolve("checkpoints2")).with(rescaled)) {
      JobId id = server.dispatcher().start(rescaled.name());
      assertThat(server.end(id)).isEqualTo(JobStatus.FINISHED);
    }
    assertThat(written("out"))
        .containsExactlyInAnyOrderElementsOf(LongStream.range(0, count).boxed().toList());
  }

  @Test
  void recordsInFlightOfANamedCheckpointAreLeftOutWhenThatIsAskedFor() throws Exception {
    int count = 20_000;
    OrderedJob job =
        new OrderedJob(
            directory.resolve("out"), 2, count, NEVER, 0, 0, false, /* restorePath= */ null);
    CheckpointRecord checkpoint;
    OrderedJob.crawling = true;
    try (TestServer server =
        new TestServer(new InMemoryCatalog(), directory.resolve("checkpoints")).with(job)) {
      JobId id = server.dispatcher().start(job.name());
      checkpoint = withRecordsInFlight(server, id);
      assertThat(server.dispatcher().cancel(id).get(TestServer.PATIENCE_SECONDS, TimeUnit.SECONDS))
          .isEqualTo(JobStatus.CANCELED);
    } finally {
      OrderedJob.crawling = false;
    }
    OrderedJob restored =
        new OrderedJob(directory.resolve("out"), 2, count, 20, 0, 0, false, checkpoint.path());
    InMemoryCatalog catalog = new InMemoryCatalog();
    try (TestServer server =
        new TestServer(catalog, directory.resolve("checkpoints2"))
            .with(leavingOut(checkpoint.id(), restored))) {
      JobId id = server.dispatcher().start(restored.name());
      assertThat(server.end(id)).isEqualTo(JobStatus.FINISHED);
      assertThat(catalog.attempts(id, 1).get(0).why())
          .contains("Its records in flight are left out and lost, as execution.state-recovery");
    }
    assertThat(written("out")).doesNotHaveDuplicates().hasSizeLessThan(count);
  }

  private static StreamJob leavingOut(long checkpointId, StreamJob job) {
    return new StreamJob() {
      @Override
      public String name() {
        return job.name();
      }

      @Override
      public void define(StreamExecutionEnvironment env) throws Exception {
        job.define(env);
        env.configure(
            new Configuration()
                .set(StateRecoveryOptions.CHECKPOINT_ID_OF_IGNORED_IN_FLIGHT_DATA, checkpointId));
      }
    };
  }

  /** The newest checkpoint: what is committed behind it would come twice. */
  private static CheckpointRecord withRecordsInFlight(TestServer server, JobId id)
      throws Exception {
    TestServer.until(() -> server.view(id).status() == JobStatus.RUNNING);
    while (true) {
      // one that fails, because a source has just come to its end, does not count
      CompletableFuture<Long> taken =
          server.dispatcher().checkpoint(id, CheckpointType.CHECKPOINT).exceptionally(failed -> 0L);
      if (taken.get(TestServer.PATIENCE_SECONDS, TimeUnit.SECONDS) == 0) {
        continue;
      }
      CheckpointRecord newest = server.restorePoints(id).get(0);
      assertThat(inFlightBytesOfOperators(newest)).isEqualTo(inFlightBytes(newest));
      if (inFlightBytes(newest) > 0) {
        return newest;
      }
    }
  }
}
