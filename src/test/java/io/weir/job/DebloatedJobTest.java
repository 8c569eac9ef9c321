package io.weir.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.api.StreamJob;
import io.weir.api.environment.StreamExecutionEnvironment;
import io.weir.api.eventtime.WatermarkStrategy;
import io.weir.api.functions.FilterFunction;
import io.weir.api.types.Types;
import io.weir.config.Configuration;
import io.weir.config.TaskManagerOptions;
import io.weir.connector.generator.DataGeneratorSource;
import io.weir.connector.generator.GeneratorFunction;
import io.weir.engine.Task;
import io.weir.engine.channel.Channel;
import io.weir.engine.channel.RecordBatch;
import io.weir.job.local.InMemoryCatalog;
import io.weir.snapshot.JobId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data in flight in front of a task, in jobs with real threads. */
class DebloatedJobTest {
  private static final Duration TARGET = Duration.ofMillis(200);

  /** On a busy machine even a record for each place of the channel takes longer than the target. */
  private static final long SOON_MILLIS = 4 * TARGET.toMillis();

  /** So slow that full channels take some seconds. */
  private static final long SLOW_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

  /** More than the slow task processes in the target time, spread over all batches. */
  private static final int SHORT = RecordBatch.CAPACITY / 4;

  /** Records without a limit. */
  private static final int FULL_CHANNEL = Channel.CAPACITY_ITEMS * RecordBatch.CAPACITY;

  private static final AtomicLong ageMillis = new AtomicLong();
  private static final AtomicLong processed = new AtomicLong();
  private static volatile CountDownLatch mayProcess;

  @TempDir private Path directory;

  @BeforeEach
  void begin() {
    ageMillis.set(0);
    processed.set(0);
    mayProcess = new CountDownLatch(0);
  }

  @Test
  void aSlowTasksInputShrinksUntilItIsProcessedWithinTheTarget() throws Exception {
    try (TestServer server = serverOf(new Ages("slow", SLOW_NANOS, true))) {
      JobId id = start(server, "slow");

      TestServer.until(
          () -> {
            Task consumer = consumer(server, id);
            return processed.get() > FULL_CHANNEL
                && consumer.debloatedBatchRecords().orElse(Integer.MAX_VALUE) <= SHORT
                && consumer.millisToProcessInput().orElse(Long.MAX_VALUE) < SOON_MILLIS
                && isShort(server, id);
          });
    }
  }

  /** Back-pressure goes on, and yet what is processed has not been waiting for long. */
  private static boolean isShort(TestServer server, JobId id) {
    boolean isFull = server.view(id).tasks().get(0).outputFillRatio() == 1;
    return isFull && ageMillis.get() < SOON_MILLIS;
  }

  @Test
  void littleIsQueuedBeforeTheTaskIsKnown() throws Exception {
    mayProcess = new CountDownLatch(1);
    try (TestServer server = serverOf(new Ages("unknown", 0, true))) {
      JobId id = start(server, "unknown");
      TestServer.until(() -> server.view(id).tasks().get(0).outputFillRatio() == 1);

      assertThat(server.view(id).tasks().get(0).load().recordsOut()).isLessThan(FULL_CHANNEL / 4);
    } finally {
      mayProcess.countDown();
    }
  }

  @Test
  void withoutDebloatingItTakesLonger() throws Exception {
    try (TestServer server = serverOf(new Ages("plain", SLOW_NANOS, false))) {
      JobId id = start(server, "plain");

      TestServer.until(() -> processed.get() > FULL_CHANNEL && ageMillis.get() > SOON_MILLIS);

      assertThat(consumer(server, id).debloatedBatchRecords()).isEmpty();
    }
  }

  @Test
  void aQuickTaskKeepsItsFullInput() throws Exception {
    try (TestServer server = serverOf(new Ages("quick", 0, true))) {
      JobId id = start(server, "quick");

      // it may seem slow for a moment, while it does not get its share of the machine
      TestServer.until(
          () ->
              processed.get() > 3_000_000
                  && consumer(server, id).debloatedBatchRecords().orElse(0)
                      == RecordBatch.CAPACITY);
    }
  }

  private TestServer serverOf(StreamJob job) {
    return new TestServer(new InMemoryCatalog(), directory).with(job);
  }

  private static JobId start(TestServer server, String name) throws Exception {
    JobId id = server.dispatcher().start(name);
    TestServer.until(() -> server.view(id).tasks().size() == 2);
    return id;
  }

  private static Task consumer(TestServer server, JobId id) {
    return server.view(id).tasks().get(1);
  }

  /** Records are the times at which they were emitted; each is processed for some time. */
  private record Ages(String name, long nanosPerRecord, boolean debloats) implements StreamJob {
    @Override
    public void define(StreamExecutionEnvironment env) {
      env.setParallelism(1);
      env.configure(
          new Configuration()
              .set(TaskManagerOptions.BUFFER_DEBLOAT_ENABLED, debloats)
              .set(TaskManagerOptions.BUFFER_DEBLOAT_TARGET, TARGET)
              .set(TaskManagerOptions.BUFFER_DEBLOAT_PERIOD, Duration.ofMillis(20))
              .set(TaskManagerOptions.BUFFER_DEBLOAT_SAMPLES, 5));
      GeneratorFunction<Long, Long> now = number -> System.nanoTime();
      env.fromSource(
              new DataGeneratorSource<>(now, Long.MAX_VALUE, Types.LONG),
              WatermarkStrategy.noWatermarks(),
              "times")
          .rebalance()
          .filter(new Age(nanosPerRecord))
          .print();
    }
  }

  /** Lets nothing pass. */
  private record Age(long nanosPerRecord) implements FilterFunction<Long> {
    private static final long serialVersionUID = 1L;

    @Override
    public boolean filter(Long emitted) throws InterruptedException {
      mayProcess.await();
      if (nanosPerRecord > 0) {
        LockSupport.parkNanos(nanosPerRecord);
      }
      ageMillis.set(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - emitted));
      processed.incrementAndGet();
      return false;
    }
  }
}
