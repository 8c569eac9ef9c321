package io.weir.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.api.environment.JobStatus;
import io.weir.engine.Task;
import io.weir.engine.TaskAttempt;
import io.weir.engine.TaskListener;
import io.weir.engine.TaskState;
import io.weir.job.HeldUpJob.Cause;
import io.weir.job.history.CheckpointRecord;
import io.weir.job.history.CheckpointStatus;
import io.weir.job.local.InMemoryCatalog;
import io.weir.snapshot.CheckpointType;
import io.weir.snapshot.JobId;
import io.weir.snapshot.TaskId;
import io.weir.storage.ObjectStorages;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each of six causes is planted in a job with real threads, and holds a checkpoint up: until it
 * expires, or until it is late but complete. Its sentence names the planted cause.
 */
class ExplainedCheckpointTest {
  private static final Duration TIMEOUT = Duration.ofHours(3);

  /** Longer than anything that the machine may take its time for. */
  private static final Duration HOLD = Duration.ofMinutes(30);

  @TempDir private Path directory;
  private final InMemoryCatalog catalog = new InMemoryCatalog();
  private volatile TaskId secondCounter;
  private final Queue<Runnable> heldAcknowledgements = new ConcurrentLinkedQueue<>();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SLOW_SINK|the barrier from Source: * did not reach count (1/2), behind N batches; it was back-pressured by Sink: drain (1/1), which was processing records.
          TIMER_BURST|the barrier from Source: * did not reach count (2/2), behind N batches; it was firing timers.
          SLOW_STORAGE|count (2/2) did not end the writing of its state.
          SKEWED_CHANNEL|count (1/1) still waited for the barrier from Source: many (1/1), behind N batches; it was processing records.
          BLOCKED_SOURCE|Source: many (2/2) did not take the trigger up; it was inside its source's reader.
          LOST_ACKNOWLEDGEMENT|count (2/2) had written its state, but its acknowledgement never came.
          """)
  void anExpiredCheckpointNamesWhatHeldItUp(Cause cause, String sentence) throws Exception {
    HeldUpJob job = new HeldUpJob("expires-" + cause, cause, TIMEOUT);
    try (LoggedLines log = new LoggedLines();
        TestServer server = serverOf(job, cause)) {
      JobId id = runUntilHeld(server, job, cause);

      CompletableFuture<Long> checkpoint =
          server.dispatcher().checkpoint(id, CheckpointType.CHECKPOINT);
      TestServer.until(() -> waitsForTheCauseAlone(server, id, cause));
      server.passTime(TIMEOUT);
      assertThatThrownBy(() -> checkpoint.get(TestServer.PATIENCE_SECONDS, TimeUnit.SECONDS))
          .hasMessageContaining("timeout");

      assertExplained(
          id, CheckpointStatus.FAILED, "Checkpoint 1 expired after T: " + sentence, log);
      job.release();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SLOW_SINK|until the barrier reached count (?/2), behind N batches, which was back-pressured by Sink: drain (1/1).
          TIMER_BURST|until the barrier reached count (2/2), behind N batches; it was firing timers for P of that time.
          SLOW_STORAGE|for writing B of state of count (2/2).
          SKEWED_CHANNEL|while count (1/1) waited for its last barrier, the one from Source: many (1/1), behind N batches.
          BLOCKED_SOURCE|until Source: many (2/2) took the trigger up.
          LOST_ACKNOWLEDGEMENT|until the coordinator heard that count (2/2) was done.
          """)
  void aLateCheckpointNamesWhatHeldItUp(Cause cause, String sentence) throws Exception {
    HeldUpJob job = new HeldUpJob("is-late-" + cause, cause, TIMEOUT);
    try (LoggedLines log = new LoggedLines();
        TestServer server = serverOf(job, cause)) {
      JobId id = runUntilHeld(server, job, cause);

      CompletableFuture<Long> checkpoint =
          server.dispatcher().checkpoint(id, CheckpointType.CHECKPOINT);
      TestServer.until(() -> waitsForTheCauseAlone(server, id, cause));
      server.passTime(HOLD);
      assertThat(checkpoint).as("the checkpoint").isNotDone();
      job.release();
      heldAcknowledgements.forEach(Runnable::run);
      checkpoint.get(TestServer.PATIENCE_SECONDS, TimeUnit.SECONDS);

      assertExplained(
          id, CheckpointStatus.COMPLETED, "Checkpoint 1 took T: T of it " + sentence, log);
    }
  }

  /** Whether all that do not have to wait for what is planted have acknowledged. */
  private boolean waitsForTheCauseAlone(TestServer server, JobId id, Cause cause) {
    List<CheckpointRecord> inProgress = server.view(id).inProgress();
    boolean isBehindIt =
        switch (cause) {
          case SKEWED_CHANNEL -> hasABarrier(server.view(id).tasks(), "count");
          case LOST_ACKNOWLEDGEMENT -> !heldAcknowledgements.isEmpty();
          case SLOW_SINK, TIMER_BURST, SLOW_STORAGE, BLOCKED_SOURCE -> true;
        };
    return isBehindIt
        && !inProgress.isEmpty()
        && inProgress.get(0).acknowledged() == acknowledgementsWithout(cause);
  }

  private static boolean hasABarrier(List<Task> tasks, String name) {
    return tasks.stream()
        .filter(task -> task.name().startsWith(name))
        .allMatch(task -> task.traceOf(1).startedMillis() > 0);
  }

  /** Of the three readers (two, with the skewed channel), the two counters and the sink. */
  private static int acknowledgementsWithout(Cause cause) {
    return switch (cause) {
      case SLOW_SINK -> 3;
      case TIMER_BURST -> 4;
      case SLOW_STORAGE, LOST_ACKNOWLEDGEMENT -> 5;
      case SKEWED_CHANNEL, BLOCKED_SOURCE -> 2;
    };
  }

  private TestServer serverOf(HeldUpJob job, Cause cause) {
    return new TestServer(
            "server",
            catalog,
            directory,
            ObjectStorages.of(
                HeldUpStorage.whileHeld(
                    () -> cause == Cause.SLOW_STORAGE && job.isReached() && job.isHeld())),
            0)
        .listening(
            cause == Cause.LOST_ACKNOWLEDGEMENT
                ? master -> holdingAcknowledgements(master, job)
                : master -> master)
        .with(job);
  }

  private TaskListener holdingAcknowledgements(TaskListener master, HeldUpJob job) {
    return (TaskListener)
        Proxy.newProxyInstance(
            TaskListener.class.getClassLoader(),
            new Class<?>[] {TaskListener.class},
            (proxy, method, arguments) -> {
              Runnable call =
                  () -> {
                    try {
                      method.invoke(master, arguments);
                    } catch (IllegalAccessException | InvocationTargetException e) {
                      throw new IllegalStateException(e);
                    }
                  };
              if (job.isHeld()
                  && method.getName().equals("acknowledged")
                  && ((TaskAttempt) arguments[0]).task().equals(secondCounter)) {
                heldAcknowledgements.add(call);
              } else {
                call.run();
              }
              return null;
            });
  }

  /** Waits until all run, and what is planted has begun to hold them up. */
  private JobId runUntilHeld(TestServer server, HeldUpJob job, Cause cause) throws Exception {
    JobId id = server.dispatcher().start(job.name());
    TestServer.until(
        () ->
            server.view(id).status() == JobStatus.RUNNING
                && server.view(id).tasks().stream()
                    .allMatch(task -> task.state() == TaskState.RUNNING)
                && isHeldUp(server.view(id).tasks(), job, cause));
    server.view(id).tasks().stream()
        .filter(task -> task.name().equals("count (2/2)"))
        .forEach(task -> secondCounter = task.attempt().task());
    return id;
  }

  private static boolean isHeldUp(List<Task> tasks, HeldUpJob job, Cause cause) {
    return switch (cause) {
      case LOST_ACKNOWLEDGEMENT -> true;
      case SLOW_SINK -> isFull(tasks, "many") && isFull(tasks, "count");
      case SKEWED_CHANNEL -> isFull(tasks, "many");
      case TIMER_BURST, SLOW_STORAGE, BLOCKED_SOURCE -> job.isReached();
    };
  }

  private static boolean isFull(List<Task> tasks, String name) {
    return tasks.stream()
        .filter(task -> task.name().contains(name))
        .allMatch(task -> task.outputFillRatio() == 1);
  }

  private void assertExplained(JobId id, CheckpointStatus status, String sentence, LoggedLines log)
      throws Exception {
    TestServer.until(() -> catalog.checkpointCounts(id).get(status) > 0);
    List<CheckpointRecord> checkpoints = catalog.checkpoints(id, 10);
    assertThat(checkpoints).hasSize(1);
    String explanation = checkpoints.get(0).explanation();
    assertThat(withoutFigures(explanation))
        .as(explanation)
        .matches("\\Q" + sentence.replace("?", "\\E.\\Q").replace("*", "\\E[^;]+\\Q") + "\\E");
    assertThat(log.lines()).as("log").anyMatch(line -> line.contains(explanation));
  }

  private static String withoutFigures(String explanation) {
    return explanation
        .replaceAll("\\d+ ms|\\d+\\.\\d s", "T")
        .replaceAll("behind \\d+ batch(es)? of records", "behind N batches")
        .replaceAll("[5-9]\\d %|100 %", "P")
        .replaceAll("\\d{6,} bytes", "B");
  }
}
