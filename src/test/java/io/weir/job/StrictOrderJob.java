package io.weir.job;

import io.weir.api.StreamJob;
import io.weir.api.connector.lib.NumberSequenceSource;
import io.weir.api.datastream.DataStream;
import io.weir.api.datastream.SingleOutputStreamOperator;
import io.weir.api.environment.StreamExecutionEnvironment;
import io.weir.api.eventtime.WatermarkStrategy;
import io.weir.api.functions.CheckpointListener;
import io.weir.api.functions.CheckpointedFunction;
import io.weir.api.functions.FunctionInitializationContext;
import io.weir.api.functions.FunctionSnapshotContext;
import io.weir.api.functions.KeyedProcessFunction;
import io.weir.api.functions.MapFunction;
import io.weir.api.functions.OpenContext;
import io.weir.api.functions.RichMapFunction;
import io.weir.api.functions.co.RichCoMapFunction;
import io.weir.api.state.ValueState;
import io.weir.api.state.ValueStateDescriptor;
import io.weir.api.types.Collector;
import io.weir.api.types.Types;
import io.weir.config.CheckpointingOptions;
import io.weir.config.Configuration;
import io.weir.config.RestartStrategyOptions;
import io.weir.connector.file.FileSink;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Numbers run in lanes, one for each subtask of each source, from one exchange to the next; each
 * lane keeps its order on the whole way, over five failures, and each number is written once. The
 * sources pause until a checkpoint is complete, again and again, so that there are at least as many
 * checkpoints as pauses; the numbers between two pauses pile up in front of slow tasks.
 */
record StrictOrderJob(Path output, Topology topology, int parallelism) implements StreamJob {
  /** How the lanes meet. */
  enum Topology {
    PIPELINE(1) {
      @Override
      SingleOutputStreamOperator<Long> trouble(
          DataStream<Long> first, DataStream<Long> second, long nanosPerNumber) {
        return first.map(new TroubledMap(nanosPerNumber));
      }
    },
    UNION(2) {
      @Override
      SingleOutputStreamOperator<Long> trouble(
          DataStream<Long> first, DataStream<Long> second, long nanosPerNumber) {
        return first.union(second).map(new TroubledMap(nanosPerNumber));
      }
    },
    CONNECT(2) {
      @Override
      SingleOutputStreamOperator<Long> trouble(
          DataStream<Long> first, DataStream<Long> second, long nanosPerNumber) {
        return first.connect(second).map(new TroubledCoMap(nanosPerNumber));
      }
    };

    final int sources;

    Topology(int sources) {
      this.sources = sources;
    }

    abstract SingleOutputStreamOperator<Long> trouble(
        DataStream<Long> first, DataStream<Long> second, long nanosPerNumber);
  }

  static final int FAILURES = 5;

  /** More than the attempts that fail can use up: four each at most. */
  private static final int PAUSES = 16;

  private static final int BETWEEN_PAUSES = 120;
  private static final int OF_A_LANE = PAUSES * BETWEEN_PAUSES;

  /** All the more of them where there are few tasks, so that numbers are under way at a barrier. */
  private static final long NANOS_PER_NUMBER_AND_SUBTASK = 160_000;

  /** In front of every number, so that bytes that are out of place are noticed. */
  private static final long HEADER = 0x5EA1L << 48;

  private static final int LANE_SHIFT = 32;
  private static final long NUMBERS = (1L << LANE_SHIFT) - 1;

  @Override
  public String name() {
    return "strict-order";
  }

  @Override
  public void define(StreamExecutionEnvironment env) {
    env.setParallelism(parallelism);
    env.setMaxParallelism(128);
    env.enableCheckpointing(10);
    env.getCheckpointConfig().enableUnalignedCheckpoints();
    env.configure(
        new Configuration()
            .set(CheckpointingOptions.FORCE_UNALIGNED, true)
            .set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay")
            .set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, FAILURES)
            .set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(1)));
    topology
        .trouble(lanes(env, 0), topology.sources == 1 ? null : lanes(env, 1), nanosPerNumber())
        .returns(Types.LONG)
        .uid("trouble")
        .keyBy(StrictOrderJob::laneOf, Types.INT)
        .process(new Order(nanosPerNumber()))
        .returns(Types.STRING)
        .uid("order")
        .sinkTo(FileSink.<String>forRowFormat(output, line -> line).build())
        .uid("write");
  }

  private DataStream<Long> lanes(StreamExecutionEnvironment env, int source) {
    int subtasks = parallelism;
    return env.fromSource(
            new PacedSource(
                new NumberSequenceSource(0, (long) subtasks * OF_A_LANE - 1),
                BETWEEN_PAUSES,
                "always open"),
            WatermarkStrategy.noWatermarks(),
            "source-" + source,
            Types.LONG)
        .uid("source-" + source)
        .map(new ToLane(source * subtasks))
        .returns(Types.LONG)
        .partitionCustom((lane, partitions) -> (lane + 1) % partitions, StrictOrderJob::laneOf);
  }

  /** The lines of a run in which nothing is lost, repeated or out of order. */
  List<String> expected() {
    List<String> lines = new java.util.ArrayList<>();
    for (int lane = 0; lane < topology.sources * parallelism; lane++) {
      for (int number = 0; number < OF_A_LANE; number++) {
        lines.add(lane + ":" + number);
      }
    }
    return lines;
  }

  private static int laneOf(long value) {
    return (int) (value >> LANE_SHIFT) & 0xFFFF;
  }

  private long nanosPerNumber() {
    return NANOS_PER_NUMBER_AND_SUBTASK / parallelism;
  }

  private static void work(long nanos) {
    long end = System.nanoTime() + nanos;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  private record ToLane(int firstLane) implements MapFunction<Long, Long> {
    private static final long serialVersionUID = 1L;

    @Override
    public Long map(Long number) {
      long lane = firstLane + number / OF_A_LANE;
      return HEADER | lane << LANE_SHIFT | number % OF_A_LANE;
    }
  }

  /** What goes wrong in the first subtask, by attempt. */
  private static final class Trouble implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int MAP = 0;
    private static final int SNAPSHOT = 1;
    private static final int MAP_AGAIN = 2;
    private static final int RECOVERY = 3;
    private static final int NOTIFY_AND_CLOSE = 4;
    private int attempt = -1;
    private int snapshots;
    private int completed;

    void open(int subtask, int attemptNumber) {
      attempt = subtask == 0 ? attemptNumber : -1;
    }

    private void fail(String where) {
      throw new IllegalStateException("planned failure " + attempt + ": " + where);
    }

    void processing() {
      if ((attempt == MAP || attempt == MAP_AGAIN) && completed >= 2) {
        fail("map");
      }
    }

    void snapshot() {
      if (attempt == SNAPSHOT && ++snapshots == 3) {
        fail("snapshot");
      }
    }

    void restored() {
      if (attempt == RECOVERY) {
        fail("recovery");
      }
    }

    void completed() {
      if (++completed == 2 && attempt == NOTIFY_AND_CLOSE) {
        fail("notification");
      }
    }

    void closing() {
      if (attempt == NOTIFY_AND_CLOSE) {
        fail("close");
      }
    }
  }

  private static final class TroubledMap extends RichMapFunction<Long, Long>
      implements CheckpointedFunction, CheckpointListener {
    private static final long serialVersionUID = 1L;
    private final Trouble trouble = new Trouble();
    private final long nanosPerNumber;

    TroubledMap(long nanosPerNumber) {
      this.nanosPerNumber = nanosPerNumber;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) {
      trouble.open(
          getRuntimeContext().getTaskInfo().getIndexOfThisSubtask(),
          getRuntimeContext().getTaskInfo().getAttemptNumber());
      trouble.restored();
    }

    @Override
    public Long map(Long value) {
      trouble.processing();
      work(nanosPerNumber);
      return value;
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) {
      trouble.snapshot();
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
      trouble.completed();
    }

    @Override
    public void close() {
      trouble.closing();
    }
  }

  private static final class TroubledCoMap extends RichCoMapFunction<Long, Long, Long>
      implements CheckpointedFunction, CheckpointListener {
    private static final long serialVersionUID = 1L;
    private final TroubledMap map;

    TroubledCoMap(long nanosPerNumber) {
      this.map = new TroubledMap(nanosPerNumber);
    }

    @Override
    public void initializeState(FunctionInitializationContext context) {
      map.setRuntimeContext(getRuntimeContext());
      map.initializeState(context);
    }

    @Override
    public Long map1(Long value) {
      return map.map(value);
    }

    @Override
    public Long map2(Long value) {
      return map.map(value);
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) {
      map.snapshotState(context);
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
      map.notifyCheckpointComplete(checkpointId);
    }

    @Override
    public void close() {
      map.close();
    }
  }

  /** Says of each number whether it is the next one of its lane. */
  private static final class Order extends KeyedProcessFunction<Integer, Long, String> {
    private static final long serialVersionUID = 1L;
    private final long nanosPerNumber;
    private transient ValueState<Long> next;

    Order(long nanosPerNumber) {
      this.nanosPerNumber = nanosPerNumber;
    }

    @Override
    public void open(OpenContext context) {
      next = getRuntimeContext().getState(new ValueStateDescriptor<>("next", Types.LONG));
    }

    @Override
    public void processElement(Long value, Context context, Collector<String> out)
        throws Exception {
      work(nanosPerNumber);
      long number = value & NUMBERS;
      long expected = next.value() == null ? 0 : next.value();
      next.update(number + 1);
      boolean isWhole = (value & 0xFFFFL << 48) == HEADER;
      out.collect(
          laneOf(value)
              + ":"
              + number
              + (isWhole ? "" : " has a damaged header")
              + (number == expected ? "" : " comes instead of " + expected));
    }
  }
}
