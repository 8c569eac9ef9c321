package io.weir.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.api.StreamJob;
import io.weir.api.connector.lib.NumberSequenceSource;
import io.weir.api.environment.JobStatus;
import io.weir.api.environment.StreamExecutionEnvironment;
import io.weir.api.eventtime.WatermarkStrategy;
import io.weir.api.functions.MapFunction;
import io.weir.api.types.Types;
import io.weir.config.Configuration;
import io.weir.config.RestartStrategyOptions;
import io.weir.config.TaskManagerOptions;
import io.weir.connector.file.FileSink;
import io.weir.job.history.FailureRecord;
import io.weir.job.local.InMemoryCatalog;
import io.weir.plan.TaskManagerId;
import io.weir.snapshot.JobId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A task hangs in user code that does not react to interruptions. */
class TaskLeakTest {
  /**
   * More than one batch, so that the task behind has some; less than what a channel holds before it
   * is known how quick that task is.
   */
  private static final long NUMBERS = 300;

  private static final Duration GIVEN_UP_AFTER = Duration.ofHours(1);

  private static volatile CountDownLatch hanging;
  private static volatile CountDownLatch release;
  private static volatile boolean fails;

  @TempDir private Path directory;
  private final InMemoryCatalog catalog = new InMemoryCatalog();

  private record HangingJob(Path output) implements StreamJob {
    @Override
    public String name() {
      return "hanging";
    }

    @Override
    public void define(StreamExecutionEnvironment env) {
      env.setParallelism(1);
      env.enableCheckpointing(10);
      env.getCheckpointConfig().setCheckpointTimeout(Duration.ofDays(1_000).toMillis());
      env.configure(
          new Configuration()
              .set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay")
              .set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 10)
              .set(TaskManagerOptions.TASK_CANCELLATION_INTERVAL, Duration.ofMillis(20))
              .set(TaskManagerOptions.TASK_CANCELLATION_TIMEOUT, GIVEN_UP_AFTER));
      env.fromSource(
              new NumberSequenceSource(1, NUMBERS),
              WatermarkStrategy.noWatermarks(),
              "numbers",
              Types.LONG)
          .uid("numbers")
          .map(new FailingOnRequest())
          .returns(Types.LONG)
          .rebalance()
          .map(new Hanging())
          .returns(Types.STRING)
          .name("hanging")
          .uid("hanging")
          .sinkTo(FileSink.<String>forRowFormat(output, line -> line).build())
          .uid("write");
    }
  }

  private static final class FailingOnRequest implements MapFunction<Long, Long> {
    private static final long serialVersionUID = 1L;

    @Override
    public Long map(Long number) throws InterruptedException {
      if (fails && number == NUMBERS) {
        hanging.await();
        throw new IllegalStateException("fails on purpose");
      }
      return number;
    }
  }

  private static final class Hanging implements MapFunction<Long, String> {
    private static final long serialVersionUID = 1L;

    @Override
    public String map(Long number) {
      hanging.countDown();
      while (release.getCount() > 0) {
        try {
          release.await();
        } catch (InterruptedException e) {
          // that is what this test is about
        }
      }
      return number.toString();
    }
  }

  private TestServer server() {
    return new TestServer(catalog, directory.resolve("checkpoints"))
        .with(new HangingJob(directory.resolve("output")));
  }

  private JobId hang(TestServer server, boolean withFailure) throws Exception {
    hanging = new CountDownLatch(1);
    release = new CountDownLatch(1);
    fails = withFailure;
    JobId id = server.dispatcher().start("hanging");
    hanging.await();
    return id;
  }

  /** When all others have ended, lets time pass until it is not waited for any longer. */
  private static JobStatus endWithoutTheTask(TestServer server, JobId id) throws Exception {
    TestServer.until(
        () ->
            server.view(id).tasks().stream()
                .allMatch(task -> task.state().isTerminal() != task.name().contains("hanging")));
    CompletableFuture<JobStatus> end = server.dispatcher().ended(id);
    TestServer.until(
        () -> {
          server.passTime(GIVEN_UP_AFTER);
          return end.isDone();
        });
    return end.get();
  }

  private void assertThatTheTaskIsNamed(JobId id) throws Exception {
    FailureRecord newest = catalog.failures(id, 1).get(0);
    assertThat(newest.stackTrace())
        .contains("hanging", "task.cancellation.timeout", Hanging.class.getName());
  }

  private static void assertThatTheTaskManagerIsReplaced(TestServer server) {
    assertThat(server.dispatcher().taskManagers().pool().taskManagers())
        .containsExactly(new TaskManagerId(1, 2));
  }

  private List<Long> written() throws IOException {
    List<Long> numbers = new ArrayList<>();
    try (Stream<Path> files = Files.walk(directory.resolve("output"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.getFileName().toString().startsWith(".")) {
          Files.readAllLines(file).forEach(line -> numbers.add(Long.valueOf(line)));
        }
      }
    }
    return numbers;
  }

  @Test
  void aCanceledJobEndsWithoutIt() throws Exception {
    try (TestServer server = server()) {
      JobId id = hang(server, /* withFailure= */ false);

      CompletableFuture<JobStatus> unused = server.dispatcher().cancel(id);

      assertThat(endWithoutTheTask(server, id)).isEqualTo(JobStatus.CANCELED);

      assertThatTheTaskIsNamed(id);
      assertThatTheTaskManagerIsReplaced(server);
      release.countDown();
    }
  }

  @Test
  void aJobThatIsToRestartFails_andNothingThatTheTaskDoesLaterCounts() throws Exception {
    try (TestServer server = server()) {
      JobId id = hang(server, /* withFailure= */ true);

      assertThat(endWithoutTheTask(server, id)).isEqualTo(JobStatus.FAILED);

      assertThatTheTaskIsNamed(id);
      assertThatTheTaskManagerIsReplaced(server);
      fails = false;
      release.countDown();
      assertThat(server.end(server.dispatcher().start("hanging"))).isEqualTo(JobStatus.FINISHED);
      assertThat(written())
          .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, NUMBERS).boxed().toList());
    }
  }
}
