package io.weir.job;

import io.weir.api.StreamJob;
import io.weir.api.connector.lib.NumberSequenceSource;
import io.weir.api.environment.StreamExecutionEnvironment;
import io.weir.api.eventtime.WatermarkStrategy;
import io.weir.api.functions.CheckpointListener;
import io.weir.api.functions.CheckpointedFunction;
import io.weir.api.functions.FunctionInitializationContext;
import io.weir.api.functions.FunctionSnapshotContext;
import io.weir.api.functions.KeyedProcessFunction;
import io.weir.api.functions.MapFunction;
import io.weir.api.functions.OpenContext;
import io.weir.api.state.ValueState;
import io.weir.api.state.ValueStateDescriptor;
import io.weir.api.types.Collector;
import io.weir.api.types.Types;
import io.weir.config.CheckpointingOptions;
import io.weir.config.Configuration;
import io.weir.config.ExternalizedCheckpointRetention;
import io.weir.connector.file.FileSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Numbers, counted by their remainder: {@code "3:17"} is committed for the 17th number with the
 * remainder 3, and {@code "3=17"} when event time comes to its end. So the output shows whether
 * source, state and sink agree.
 */
final class SavepointJob implements StreamJob {
  static final int KEYS = 7;
  private static final Map<String, Switches> ALL = new ConcurrentHashMap<>();

  /** What a test changes while the job runs; shared by all its subtasks. */
  static final class Switches {
    /** Nothing more is read once so many numbers have been, until this is raised. */
    volatile long limit = Long.MAX_VALUE;

    volatile boolean failSnapshot;
    volatile boolean failNotification;
    final AtomicInteger processed = new AtomicInteger();

    /** How often a subtask was told that a checkpoint is complete. */
    final AtomicInteger notified = new AtomicInteger();
  }

  private final String name;
  private final Path output;
  private final long numbers;
  private final Switches switches = new Switches();
  private int parallelism = 2;
  private int maxParallelism = 128;
  private boolean withTotals = true;
  private long checkpointIntervalMillis = 50;

  SavepointJob(String name, Path output, long numbers) {
    this.name = name;
    this.output = output;
    this.numbers = numbers;
    ALL.put(name, switches);
  }

  SavepointJob withParallelism(int subtasks, int maxSubtasks) {
    parallelism = subtasks;
    maxParallelism = maxSubtasks;
    return this;
  }

  /** Checkpoints are taken when the test asks for them only. */
  SavepointJob withCheckpointsOnRequest() {
    checkpointIntervalMillis = TimeUnit.HOURS.toMillis(1);
    return this;
  }

  /** Without the operator that holds the totals. */
  SavepointJob withoutTotals() {
    withTotals = false;
    return this;
  }

  Switches switches() {
    return switches;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void define(StreamExecutionEnvironment env) {
    env.setParallelism(parallelism);
    env.setMaxParallelism(maxParallelism);
    env.enableCheckpointing(checkpointIntervalMillis);
    env.configure(
        new Configuration()
            .set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION));
    var counted =
        env.fromSource(
                new NumberSequenceSource(1, numbers),
                WatermarkStrategy.noWatermarks(),
                "numbers",
                Types.LONG)
            .uid("numbers")
            .map(new Gate(name))
            .returns(Types.LONG)
            .keyBy(number -> number % KEYS, Types.LONG)
            .process(new Count(name))
            .returns(Types.STRING)
            .uid("count")
            .name("count");
    var all =
        withTotals
            ? counted.union(
                counted
                    .keyBy(line -> line.substring(0, line.indexOf(':')), Types.STRING)
                    .process(new Total())
                    .returns(Types.STRING)
                    .uid("total")
                    .name("total"))
            : counted;
    all.sinkTo(FileSink.forRowFormat(output, (String line) -> line).build())
        .uid("lines")
        .name("lines");
  }

  /** Lets so many numbers pass as the test allows. */
  private record Gate(String job) implements MapFunction<Long, Long> {
    private static final long serialVersionUID = 1L;

    @Override
    public Long map(Long number) {
      Switches switches = ALL.get(job);
      // slow rather than blocked: a barrier must always come through
      if (switches.processed.incrementAndGet() > switches.limit) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
      }
      return number;
    }
  }

  private static final class Count extends KeyedProcessFunction<Long, Long, String>
      implements CheckpointedFunction, CheckpointListener {
    private static final long serialVersionUID = 1L;
    private final String job;
    private transient ValueState<Long> count;

    Count(String job) {
      this.job = job;
    }

    @Override
    public void open(OpenContext context) {
      count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Types.LONG));
    }

    @Override
    public void processElement(Long number, Context context, Collector<String> out)
        throws Exception {
      long next = (count.value() == null ? 0 : count.value()) + 1;
      count.update(next);
      out.collect(context.getCurrentKey() + ":" + next);
    }

    @Override
    public void initializeState(FunctionInitializationContext context) {}

    @Override
    public void snapshotState(FunctionSnapshotContext context) {
      Switches switches = ALL.get(job);
      if (switches.failSnapshot) {
        switches.failSnapshot = false;
        throw new IllegalStateException("the snapshot fails on purpose");
      }
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
      Switches switches = ALL.get(job);
      switches.notified.incrementAndGet();
      if (switches.failNotification) {
        switches.failNotification = false;
        throw new IllegalStateException("the notification fails on purpose");
      }
    }
  }

  private static final class Total extends KeyedProcessFunction<String, String, String> {
    private static final long serialVersionUID = 1L;
    private transient ValueState<Long> total;

    @Override
    public void open(OpenContext context) {
      total = getRuntimeContext().getState(new ValueStateDescriptor<>("total", Types.LONG));
    }

    @Override
    public void processElement(String line, Context context, Collector<String> out)
        throws Exception {
      total.update((total.value() == null ? 0 : total.value()) + 1);
      context.timerService().registerEventTimeTimer(Long.MAX_VALUE - 1);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<String> out)
        throws Exception {
      out.collect(context.getCurrentKey() + "=" + total.value());
    }
  }

  /** What is committed in a directory. */
  static List<String> committed(Path output) throws IOException {
    List<String> lines = new ArrayList<>();
    if (Files.exists(output)) {
      try (Stream<Path> files = Files.walk(output)) {
        for (Path file :
            files
                .filter(Files::isRegularFile)
                .filter(each -> !each.getFileName().toString().startsWith("."))
                .toList()) {
          lines.addAll(Files.readAllLines(file));
        }
      }
    }
    return lines;
  }

  /** Each line that a run over all numbers commits, how often. */
  static Map<String, Integer> expected(long numbers) {
    Map<String, Integer> lines = new TreeMap<>();
    Map<Long, Long> counts = new TreeMap<>();
    for (long number = 1; number <= numbers; number++) {
      lines.put(number % KEYS + ":" + counts.merge(number % KEYS, 1L, Long::sum), 1);
    }
    counts.forEach((key, count) -> lines.put(key + "=" + count, 1));
    return lines;
  }

  /** How often each line is there. */
  static Map<String, Integer> histogram(List<String> lines) {
    Map<String, Integer> counts = new TreeMap<>();
    lines.forEach(line -> counts.merge(line, 1, Integer::sum));
    return counts;
  }
}
