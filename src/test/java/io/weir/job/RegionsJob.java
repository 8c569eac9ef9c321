package io.weir.job;

import io.weir.api.StreamJob;
import io.weir.api.datastream.SingleOutputStreamOperator;
import io.weir.api.environment.StreamExecutionEnvironment;
import io.weir.api.eventtime.WatermarkStrategy;
import io.weir.api.functions.KeyedProcessFunction;
import io.weir.api.functions.OpenContext;
import io.weir.api.functions.RichMapFunction;
import io.weir.api.state.ValueState;
import io.weir.api.state.ValueStateDescriptor;
import io.weir.api.types.Collector;
import io.weir.api.types.Types;
import io.weir.config.Configuration;
import io.weir.config.JobManagerOptions;
import io.weir.config.RestartStrategyOptions;
import io.weir.connector.file.FileSink;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/**
 * Two parts, {@code left} and {@code right}, that count numbers by their remainder, and a third,
 * {@code chain}, in which each subtask passes on what it reads; no channel joins them. Each writes
 * its results exactly once.
 *
 * @param output also tells one run of a test from another
 * @param failing the parts that fail once, when some checkpoints are complete
 */
record RegionsJob(Path output, Set<String> failing, String strategy, int restarts)
    implements StreamJob {
  static final int COUNT = 600;
  static final int PARALLELISM = 2;
  private static final int KEYS = 10;
  private static final int PER_CHECKPOINT = 50;

  /** Each part has a checkpoint by then. */
  private static final int FAILS_AT = 3 * PER_CHECKPOINT;

  /** The threads in which each subtask of the maps has been opened, in order. */
  private static final Map<String, Queue<Thread>> OPENED = new ConcurrentHashMap<>();

  /** Instead of a failure, by run. */
  private static final Map<String, Trouble> TROUBLES = new ConcurrentHashMap<>();

  /** What happens in a failing part. */
  interface Trouble {
    void happens() throws Exception;
  }

  /** In the failing parts, this happens. */
  RegionsJob with(Trouble trouble) {
    TROUBLES.put(output.toString(), trouble);
    return this;
  }

  Queue<Thread> opened(String part, int subtask) {
    return OPENED.get(place(output.toString(), part, subtask));
  }

  private static String place(String run, String part, int subtask) {
    return run + " " + part + " " + subtask;
  }

  @Override
  public String name() {
    return "regions to " + output.getFileName();
  }

  @Override
  public void define(StreamExecutionEnvironment env) {
    env.setParallelism(PARALLELISM);
    env.enableCheckpointing(10);
    env.configure(
        new Configuration()
            .set(JobManagerOptions.EXECUTION_FAILOVER_STRATEGY, strategy)
            .set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay")
            .set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, restarts)
            .set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(1)));
    for (String part : List.of("left", "right")) {
      numbers(env, part)
          .keyBy(number -> number % KEYS, Types.LONG)
          .process(new Count(part))
          .returns(Types.STRING)
          .uid(part + " count")
          .sinkTo(FileSink.<String>forRowFormat(output, line -> line).build())
          .uid(part + " write");
    }
    numbers(env, "chain")
        .map(number -> "chain:" + number)
        .returns(Types.STRING)
        .uid("chain line")
        .sinkTo(FileSink.<String>forRowFormat(output, line -> line).build())
        .uid("chain write");
  }

  private SingleOutputStreamOperator<Long> numbers(StreamExecutionEnvironment env, String part) {
    return env.fromSource(
            PacedSource.of(COUNT, PER_CHECKPOINT),
            WatermarkStrategy.noWatermarks(),
            part,
            Types.LONG)
        .uid(part)
        .map(new Fragile(output.toString(), part, failing.contains(part)))
        .returns(Types.LONG)
        .name(part + " map")
        .uid(part + " map");
  }

  Map<String, Integer> expected() {
    Map<String, Integer> lines = new TreeMap<>();
    for (int number = 1; number <= COUNT; number++) {
      lines.put("chain:" + number, 1);
      for (String part : List.of("left", "right")) {
        lines.put(part + ":" + number % KEYS + ":" + ((number - 1) / KEYS + 1), 1);
      }
    }
    return lines;
  }

  Map<String, Integer> written() throws Exception {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.walk(output)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.getFileName().toString().startsWith(".")) {
          lines.addAll(Files.readAllLines(file));
        }
      }
    }
    return CountingJob.times(lines);
  }

  private static final class Fragile extends RichMapFunction<Long, Long> {
    private static final long serialVersionUID = 1L;
    private final String run;
    private final String part;
    private final boolean fails;

    Fragile(String run, String part, boolean fails) {
      this.run = run;
      this.part = part;
      this.fails = fails;
    }

    @Override
    public void open(OpenContext context) {
      int subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
      OPENED
          .computeIfAbsent(place(run, part, subtask), unused -> new ConcurrentLinkedQueue<>())
          .add(Thread.currentThread());
    }

    @Override
    public Long map(Long value) throws Exception {
      if (fails && value == FAILS_AT && getRuntimeContext().getTaskInfo().getAttemptNumber() == 0) {
        Trouble failure =
            () -> {
              throw new IllegalStateException("trouble in " + part);
            };
        TROUBLES.getOrDefault(run, failure).happens();
      }
      return value;
    }
  }

  private static final class Count extends KeyedProcessFunction<Long, Long, String> {
    private static final long serialVersionUID = 1L;
    private final String part;
    private transient ValueState<Long> count;

    Count(String part) {
      this.part = part;
    }

    @Override
    public void open(OpenContext context) {
      count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Types.LONG));
    }

    @Override
    public void processElement(Long value, Context context, Collector<String> out)
        throws Exception {
      long next = (count.value() == null ? 0 : count.value()) + 1;
      count.update(next);
      out.collect(part + ":" + context.getCurrentKey() + ":" + next);
    }
  }
}
