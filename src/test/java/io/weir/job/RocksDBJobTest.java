package io.weir.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.api.environment.StreamExecutionEnvironment;
import io.weir.api.functions.CheckpointListener;
import io.weir.api.functions.KeyedProcessFunction;
import io.weir.api.functions.OpenContext;
import io.weir.api.state.EmbeddedRocksDBStateBackend;
import io.weir.api.state.MapState;
import io.weir.api.state.MapStateDescriptor;
import io.weir.api.state.ValueState;
import io.weir.api.state.ValueStateDescriptor;
import io.weir.api.types.Collector;
import io.weir.api.types.Types;
import io.weir.config.Configuration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RocksDBJobTest {
  private static final long RECORDS = 1_200_000;
  private static final long KEYS = 1_000;
  private static final Map<Long, Long> COUNTS = new ConcurrentHashMap<>();
  private static final AtomicInteger COMPLETED = new AtomicInteger();
  private static final AtomicBoolean FAILED = new AtomicBoolean();

  @TempDir private Path directory;

  /** Counts the records of a key in two ways, and fails once when there are checkpoints. */
  private static final class Count extends KeyedProcessFunction<Long, Long, Long>
      implements CheckpointListener {
    private transient ValueState<Long> count;
    private transient MapState<Long, Long> byRemainder;

    @Override
    public void open(OpenContext context) {
      count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Long.class));
      byRemainder =
          getRuntimeContext()
              .getMapState(new MapStateDescriptor<>("byRemainder", Long.class, Long.class));
    }

    @Override
    public void processElement(Long value, Context context, Collector<Long> out) throws Exception {
      if (COMPLETED.get() >= 3 && FAILED.compareAndSet(false, true)) {
        throw new IllegalStateException("on purpose");
      }
      Long before = count.value();
      count.update(before == null ? 1 : before + 1);
      Long some = byRemainder.get(value % 7);
      byRemainder.put(value % 7, some == null ? 1 : some + 1);
      long sum = 0;
      if (count.value() % 100 == 0) {
        for (Long each : byRemainder.values()) {
          sum += each;
        }
        assertThat(sum).isEqualTo(count.value());
      }
      COUNTS.merge(context.getCurrentKey(), count.value(), Math::max);
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
      COMPLETED.incrementAndGet();
    }
  }

  @Test
  void aJobWithIncrementalCheckpointsRecoversAndLosesNothing() throws Exception {
    Configuration configuration = new Configuration();
    configuration.setString("execution.checkpointing.dir", directory.toUri().toString());
    configuration.setString("restart-strategy.type", "fixed-delay");
    configuration.setString("restart-strategy.fixed-delay.attempts", "1");
    configuration.setString("restart-strategy.fixed-delay.delay", "0 ms");
    configuration.setString(
        "execution.checkpointing.externalized-checkpoint-retention", "RETAIN_ON_CANCELLATION");
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    env.setParallelism(2);
    env.enableCheckpointing(20);
    env.setStateBackend(new EmbeddedRocksDBStateBackend(true));
    env.fromSequence(1, RECORDS)
        .keyBy(n -> n % KEYS, Types.LONG)
        .process(new Count())
        .returns(Types.LONG)
        .uid("count")
        .print();
    env.execute("count");
    assertThat(FAILED).isTrue();
    assertThat(COUNTS).hasSize((int) KEYS);
    assertThat(COUNTS.values()).containsOnly(RECORDS / KEYS);
    // a checkpoint that was in progress at the end is removed behind it
    TestServer.until(() -> isWithoutFiles(directory));
  }

  private static boolean isWithoutFiles(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.noneMatch(Files::isRegularFile);
    } catch (UncheckedIOException | NoSuchFileException e) {
      return false;
    }
  }
}
