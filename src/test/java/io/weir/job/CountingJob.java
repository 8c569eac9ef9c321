package io.weir.job;

import io.weir.api.StreamJob;
import io.weir.api.environment.StreamExecutionEnvironment;
import io.weir.api.eventtime.WatermarkStrategy;
import io.weir.api.functions.CheckpointListener;
import io.weir.api.functions.CheckpointedFunction;
import io.weir.api.functions.FunctionInitializationContext;
import io.weir.api.functions.FunctionSnapshotContext;
import io.weir.api.functions.KeyedProcessFunction;
import io.weir.api.functions.OpenContext;
import io.weir.api.functions.RichMapFunction;
import io.weir.api.state.ValueState;
import io.weir.api.state.ValueStateDescriptor;
import io.weir.api.types.Collector;
import io.weir.api.types.Types;
import io.weir.config.CheckpointingOptions;
import io.weir.config.Configuration;
import io.weir.config.MemorySize;
import io.weir.config.RestartStrategyOptions;
import io.weir.connector.file.FileSink;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Counts numbers by their remainder and writes each count exactly once into files.
 *
 * @param trouble where the job fails on its way
 * @param restarts how often it may start again
 */
record CountingJob(
    Path output, int parallelism, int count, Trouble trouble, int restarts, Set<Variant> variants)
    implements StreamJob {
  static final int KEYS = 10;

  /** More than there will be: no older checkpoint is removed while a test looks at it. */
  private static final int RETAINED = 1_000;

  private static final int PER_CHECKPOINT = 50;

  /** A number that comes when at least one checkpoint is complete, whatever the parallelism. */
  static final int LATE = 3 * PER_CHECKPOINT;

  /** What a function does in attempt 0, and in the next ones. */
  enum Trouble {
    NONE,
    MAP,
    SNAPSHOT,
    /** The first attempt fails anyway, the second one while it restores. */
    RESTORE,
    NOTIFY,
    ALWAYS
  }

  /** What is different from the usual job. */
  enum Variant {
    /** All state is in files of its own. */
    FILES,
    /** Checkpoints may fail. */
    TOLERANT,
    /** The counts are kept as text. */
    TEXT_STATE,
    /** A checkpoint is removed when the next one is complete. */
    ONE_RETAINED
  }

  CountingJob(Path output, int parallelism, int count, Trouble trouble, int restarts) {
    this(output, parallelism, count, trouble, restarts, Set.of());
  }

  private CountingJob with(Variant variant) {
    return new CountingJob(output, parallelism, count, trouble, restarts, Set.of(variant));
  }

  CountingJob withFiles() {
    return with(Variant.FILES);
  }

  CountingJob tolerant() {
    return with(Variant.TOLERANT);
  }

  CountingJob withTextState() {
    return with(Variant.TEXT_STATE);
  }

  CountingJob retainingOne() {
    return with(Variant.ONE_RETAINED);
  }

  /** Lets it run, and take checkpoints, without coming to its end. */
  CountingJob hold() {
    PacedSource.close(output.toString());
    return this;
  }

  void letGo() {
    PacedSource.open(output.toString());
  }

  @Override
  public String name() {
    return "counting";
  }

  @Override
  public void define(StreamExecutionEnvironment env) {
    env.setParallelism(parallelism);
    env.enableCheckpointing(10);
    env.configure(
        new Configuration()
            .set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay")
            .set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, restarts)
            .set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(1))
            .set(
                CheckpointingOptions.MAX_RETAINED_CHECKPOINTS,
                variants.contains(Variant.ONE_RETAINED) ? 1 : RETAINED)
            .set(
                CheckpointingOptions.TOLERABLE_FAILURE_NUMBER,
                variants.contains(Variant.TOLERANT) ? 10_000 : 0)
            .set(
                CheckpointingOptions.FS_SMALL_FILE_THRESHOLD,
                new MemorySize(variants.contains(Variant.FILES) ? 0 : 20_480)));
    env.fromSource(
            PacedSource.of(count, PER_CHECKPOINT, output.toString()),
            WatermarkStrategy.noWatermarks(),
            "numbers",
            Types.LONG)
        .uid("numbers")
        .map(new Troubled(trouble))
        .returns(Types.LONG)
        .uid("troubled")
        .keyBy(number -> number % KEYS, Types.LONG)
        .process(variants.contains(Variant.TEXT_STATE) ? new CountAsText() : new Count())
        .returns(Types.STRING)
        .uid("count")
        .sinkTo(FileSink.<String>forRowFormat(output, line -> line).build())
        .uid("write");
  }

  /** Each key's counts, 1, 2, 3 and so on. */
  List<String> expected() {
    List<String> lines = new ArrayList<>();
    for (int number = 1; number <= count; number++) {
      lines.add(number % KEYS + ":" + ((number - 1) / KEYS + 1));
    }
    return lines.stream().sorted().toList();
  }

  /** All lines of finished files. */
  List<String> written() throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.walk(output)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.getFileName().toString().startsWith(".")) {
          lines.addAll(Files.readAllLines(file));
        }
      }
    }
    return lines.stream().sorted().toList();
  }

  /** How often each line is there. */
  static Map<String, Integer> times(List<String> lines) {
    Map<String, Integer> times = new TreeMap<>();
    lines.forEach(line -> times.merge(line, 1, Integer::sum));
    return times;
  }

  private static final class Troubled extends RichMapFunction<Long, Long>
      implements CheckpointedFunction, CheckpointListener, Serializable {
    private static final long serialVersionUID = 1L;
    private final Trouble trouble;
    private boolean late;

    Troubled(Trouble trouble) {
      this.trouble = trouble;
    }

    private void meet(Trouble present, int attempt) {
      if (trouble == present && getRuntimeContext().getTaskInfo().getAttemptNumber() == attempt) {
        throw new IllegalStateException("trouble in " + present);
      }
    }

    @Override
    public Long map(Long value) {
      late |= value % 1_000 >= LATE;
      if (late) {
        meet(Trouble.MAP, 0);
        meet(Trouble.RESTORE, 0);
        if (trouble == Trouble.ALWAYS) {
          throw new IllegalStateException("trouble, always");
        }
      }
      return value;
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) {
      if (late) {
        meet(Trouble.SNAPSHOT, 0);
      }
    }

    @Override
    public void initializeState(FunctionInitializationContext context) {
      meet(Trouble.RESTORE, 1);
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
      meet(Trouble.NOTIFY, 0);
    }
  }

  private static final class Count extends KeyedProcessFunction<Long, Long, String> {
    private static final long serialVersionUID = 1L;
    private transient ValueState<Long> count;

    @Override
    public void open(OpenContext context) {
      count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Types.LONG));
    }

    @Override
    public void processElement(Long value, Context context, Collector<String> out)
        throws Exception {
      long next = (count.value() == null ? 0 : count.value()) + 1;
      count.update(next);
      out.collect(context.getCurrentKey() + ":" + next);
    }
  }

  private static final class CountAsText extends KeyedProcessFunction<Long, Long, String> {
    private static final long serialVersionUID = 1L;
    private transient ValueState<String> count;

    @Override
    public void open(OpenContext context) {
      count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Types.STRING));
    }

    @Override
    public void processElement(Long value, Context context, Collector<String> out)
        throws Exception {
      count.update(count.value() + "1");
      out.collect(context.getCurrentKey() + ":" + count.value());
    }
  }
}
