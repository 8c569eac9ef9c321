package io.weir.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.api.environment.StreamExecutionEnvironment;
import io.weir.api.functions.CheckpointListener;
import io.weir.api.functions.KeyedProcessFunction;
import io.weir.api.functions.OpenContext;
import io.weir.api.state.MapState;
import io.weir.api.state.MapStateDescriptor;
import io.weir.api.state.ValueState;
import io.weir.api.state.ValueStateDescriptor;
import io.weir.api.types.Collector;
import io.weir.api.types.Types;
import io.weir.config.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs whose state files are merged, and what is restored of them. */
class MergedFilesJobTest {
  private static final int SUBTASKS = 6;
  private static final int CHECKPOINTS = 2;
  private static final long RECORDS = 240_000;

  /** Of each subtask, before it waits for checkpoints. */
  private static final long IN_ADVANCE = 1_000;

  private static final Duration PAUSE = Duration.ofMillis(2);
  private static final long KEYS = 600;
  private static final Map<Long, Long> COUNTS = new ConcurrentHashMap<>();
  private static final AtomicInteger COMPLETED = new AtomicInteger();

  @TempDir private Path directory;

  /** Counts the records of a key in two ways; fails, if it is to, when there are checkpoints. */
  private static final class Count extends KeyedProcessFunction<Long, Long, Long>
      implements CheckpointListener {
    private final boolean fails;
    private transient ValueState<Long> count;
    private transient MapState<Long, Long> byRemainder;
    private transient boolean isFirst;

    Count(boolean fails) {
      this.fails = fails;
    }

    @Override
    public void open(OpenContext context) {
      isFirst = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0;
      count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Long.class));
      byRemainder =
          getRuntimeContext()
              .getMapState(new MapStateDescriptor<>("byRemainder", Long.class, Long.class));
    }

    @Override
    public void processElement(Long value, Context context, Collector<Long> out) throws Exception {
      if (fails && COMPLETED.get() >= CHECKPOINTS) {
        throw new IllegalStateException("on purpose");
      }
      Long before = count.value();
      count.update(before == null ? 1 : before + 1);
      Long some = byRemainder.get(value % 7);
      byRemainder.put(value % 7, some == null ? 1 : some + 1);
      long sum = 0;
      for (Long each : byRemainder.values()) {
        sum += each;
      }
      if (sum != count.value()) {
        throw new AssertionError(sum + " records by remainder, " + count.value() + " in all");
      }
      COUNTS.merge(context.getCurrentKey(), count.value(), Math::max);
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
      if (isFirst) {
        COMPLETED.incrementAndGet();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hashmap", "rocksdb"})
  void aJobWithMergedFilesIsRestoredWithAnotherParallelism(String backend) throws Exception {
    Path plain = failed(backend, false);
    Path merged = failed(backend, true);

    assertThat(stateFiles(plain)).hasSizeGreaterThanOrEqualTo(SUBTASKS);
    assertThat(stateFiles(merged)).as("all subtasks share one").hasSize(1);
    if (backend.equals("rocksdb")) {
      assertThat(stateFiles(plain.resolveSibling("shared"))).hasSizeGreaterThan(2 * SUBTASKS);
      assertThat(stateFiles(merged.resolveSibling("shared")))
          .as("one for each checkpoint, and for one that did not complete")
          .hasSizeLessThanOrEqualTo((int) idOf(merged) + 1);
    }

    COUNTS.clear();
    Configuration configuration = configuration(backend, true);
    configuration.setString("execution.state-recovery.path", merged.toUri().toString());
    execute(configuration, SUBTASKS - 2, /* fails= */ false);
    assertThat(COUNTS).hasSize((int) KEYS);
    assertThat(COUNTS.values()).containsOnly(RECORDS / KEYS);
  }

  /** Runs until there are some checkpoints, and gives the newest. */
  private Path failed(String backend, boolean isMerged) throws IOException {
    COMPLETED.set(0);
    Configuration configuration = configuration(backend, isMerged);
    assertThatThrownBy(() -> execute(configuration, SUBTASKS, /* fails= */ true))
        .hasStackTraceContaining("on purpose");
    try (Stream<Path> all = Files.walk(directory.resolve("merged-" + isMerged))) {
      return all.filter(file -> file.endsWith("_metadata"))
          .map(Path::getParent)
          .max((one, other) -> Long.compare(idOf(one), idOf(other)))
          .orElseThrow();
    }
  }

  private static long idOf(Path checkpoint) {
    return Long.parseLong(checkpoint.getFileName().toString().substring("chk-".length()));
  }

  private Configuration configuration(String backend, boolean isMerged) {
    Configuration configuration = new Configuration();
    configuration.setString(
        "execution.checkpointing.dir", directory.resolve("merged-" + isMerged).toUri().toString());
    configuration.setString("execution.checkpointing.data-inline-threshold", "0");
    configuration.setString(
        "execution.checkpointing.externalized-checkpoint-retention", "RETAIN_ON_CANCELLATION");
    configuration.setString("restart-strategy.type", "none");
    configuration.setString("state.backend.type", backend);
    configuration.setString("execution.checkpointing.incremental", "true");
    configuration.setString("execution.checkpointing.file-merging.enabled", "" + isMerged);
    configuration.setString("execution.checkpointing.file-merging.pool-blocking", "true");
    configuration.setString("execution.checkpointing.file-merging.max-subtasks-per-file", "100");
    return configuration;
  }

  private static void execute(Configuration configuration, int subtasks, boolean fails)
      throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    env.setParallelism(subtasks);
    env.enableCheckpointing(20);
    env.fromSequence(1, RECORDS)
        .uid("numbers")
        .map(n -> fails ? slowly(n) : n)
        .returns(Types.LONG)
        .keyBy(n -> n % KEYS, Types.LONG)
        .process(new Count(fails))
        .returns(Types.LONG)
        .uid("count")
        .print();
    env.execute("count");
  }

  /** So slow until then that the job comes to no end before there are checkpoints. */
  private static long slowly(long n) {
    if (n % (RECORDS / SUBTASKS) > IN_ADVANCE && COMPLETED.get() < CHECKPOINTS) {
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    return n;
  }

  private static Stream<Path> stateFiles(Path place) throws IOException {
    try (Stream<Path> all = Files.list(place)) {
      return all
          .filter(Files::isRegularFile)
          .filter(file -> !file.endsWith("_metadata"))
          .toList()
          .stream();
    }
  }
}
