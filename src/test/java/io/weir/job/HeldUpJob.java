package io.weir.job;

import io.weir.api.StreamJob;
import io.weir.api.connector.Sink;
import io.weir.api.connector.SinkWriter;
import io.weir.api.connector.WriterInitContext;
import io.weir.api.datastream.DataStream;
import io.weir.api.environment.StreamExecutionEnvironment;
import io.weir.api.eventtime.WatermarkStrategy;
import io.weir.api.functions.KeyedProcessFunction;
import io.weir.api.functions.OpenContext;
import io.weir.api.state.ValueState;
import io.weir.api.state.ValueStateDescriptor;
import io.weir.api.types.Collector;
import io.weir.api.types.Types;
import io.weir.connector.generator.DataGeneratorSource;
import io.weir.connector.generator.GeneratorFunction;
import io.weir.connector.ratelimit.RateLimiterStrategy;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Few and many records go to counters and from there to a sink, and one thing holds checkpoints up
 * until the test lets it go. Checkpoints are taken when the test asks for them only.
 */
final class HeldUpJob implements StreamJob {
  /** The subtask at which things are planted, where there are two. */
  private static final int CULPRIT = 1;

  private static final int FEW_PER_SECOND = 500;
  private static final int TIMERS = 20_000;
  private static final int STATE_BYTES = 100_000;
  private static final long SLOW_NANOS = 600_000;

  /** Short enough that a source takes a trigger up in no time, whatever it reads in one step. */
  private static final long PAUSE_NANOS = 50_000;

  private static final Map<String, HeldUpJob> ALL = new ConcurrentHashMap<>();

  /** What holds checkpoints up. */
  enum Cause {
    SLOW_SINK,
    TIMER_BURST,
    SLOW_STORAGE,
    SKEWED_CHANNEL,
    BLOCKED_SOURCE,
    LOST_ACKNOWLEDGEMENT
  }

  private final String name;
  private final Cause cause;
  private final Duration timeout;
  private volatile boolean held;
  private volatile boolean reached;

  HeldUpJob(String name, Cause cause, Duration timeout) {
    this.name = name;
    this.cause = cause;
    this.timeout = timeout;
    this.held = true;
    ALL.put(name, this);
  }

  boolean isHeld() {
    return held;
  }

  /** Whether what holds checkpoints up has begun to. */
  boolean isReached() {
    return reached;
  }

  void release() {
    held = false;
  }

  private boolean plants(Cause other) {
    return cause == other && held;
  }

  /** Blocks, until it is let go or interrupted. */
  private void hold() {
    reached = true;
    while (held && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }

  private void beSlow() {
    reached = true;
    long end = System.nanoTime() + SLOW_NANOS;
    while (held && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void define(StreamExecutionEnvironment env) {
    env.enableCheckpointing(TimeUnit.DAYS.toMillis(1));
    env.getCheckpointConfig().setCheckpointTimeout(timeout.toMillis());
    env.getCheckpointConfig().setTolerableCheckpointFailureNumber(100);
    env.getConfig().setAutoWatermarkInterval(10);
    WatermarkStrategy<Long> timestamps =
        WatermarkStrategy.<Long>forMonotonousTimestamps()
            .withTimestampAssigner((number, before) -> TIMERS + number);
    DataStream<Long> many =
        env.fromSource(
                new DataGeneratorSource<>(new Many(name), Long.MAX_VALUE, Types.LONG),
                timestamps,
                "many")
            .setParallelism(cause == Cause.SKEWED_CHANNEL ? 1 : 2);
    env.fromSource(
            new DataGeneratorSource<>(
                number -> number,
                Long.MAX_VALUE,
                RateLimiterStrategy.perSecond(FEW_PER_SECOND),
                Types.LONG),
            timestamps,
            "few")
        .setParallelism(1)
        .union(many)
        .keyBy(number -> number % 64, Types.LONG)
        .process(new Count(name))
        .returns(Types.LONG)
        .name("count")
        .setParallelism(cause == Cause.SKEWED_CHANNEL ? 1 : 2)
        .rebalance()
        .sinkTo(new Drain(name))
        .name("drain")
        .setParallelism(1);
  }

  /** As fast as they are taken where channels are to be full, else some thousand in a second. */
  private record Many(String job) implements GeneratorFunction<Long, Long> {
    private static final long serialVersionUID = 1L;

    @Override
    public Long map(Long number) {
      HeldUpJob planted = ALL.get(job);
      // which of the readers gets which numbers is not fixed
      if (Thread.currentThread().getName().endsWith("(2/2)")
          && planted.plants(Cause.BLOCKED_SOURCE)) {
        planted.hold();
      }
      if (!planted.plants(Cause.SLOW_SINK) && !planted.plants(Cause.SKEWED_CHANNEL)) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
      return number;
    }
  }

  private static final class Count extends KeyedProcessFunction<Long, Long, Long> {
    private static final long serialVersionUID = 1L;
    private final String job;
    private transient HeldUpJob planted;
    private transient ValueState<byte[]> state;
    private transient boolean isCulprit;
    private transient boolean hasTimers;

    Count(String job) {
      this.job = job;
    }

    @Override
    public void open(OpenContext context) {
      planted = ALL.get(job);
      isCulprit = getRuntimeContext().getIndexOfThisSubtask() == CULPRIT;
      state = getRuntimeContext().getState(new ValueStateDescriptor<>("bytes", byte[].class));
    }

    @Override
    public void processElement(Long number, Context context, Collector<Long> out) throws Exception {
      if (planted.plants(Cause.SKEWED_CHANNEL)) {
        planted.beSlow();
      }
      if (isCulprit && planted.plants(Cause.SLOW_STORAGE) && state.value() == null) {
        // too much to be stored within the metadata
        state.update(new byte[STATE_BYTES]);
        planted.reached = true;
      }
      if (isCulprit && planted.plants(Cause.TIMER_BURST) && !hasTimers) {
        hasTimers = true;
        for (int timer = 0; timer < TIMERS; timer++) {
          context.timerService().registerEventTimeTimer(timer);
        }
      }
      out.collect(number);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Long> out) {
      planted.beSlow();
    }
  }

  private record Drain(String job) implements Sink<Long> {
    private static final long serialVersionUID = 1L;

    @Override
    public SinkWriter<Long> createWriter(WriterInitContext context) {
      HeldUpJob planted = ALL.get(job);
      return new SinkWriter<>() {
        @Override
        public void write(Long number, SinkWriter.Context present) {
          if (planted.plants(Cause.SLOW_SINK)) {
            planted.hold();
          }
        }

        @Override
        public void flush(boolean endOfInput) {}

        @Override
        public void close() {}
      };
    }
  }
}
