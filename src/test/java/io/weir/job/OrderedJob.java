package io.weir.job;

import io.weir.api.StreamJob;
import io.weir.api.connector.lib.NumberSequenceSource;
import io.weir.api.environment.StreamExecutionEnvironment;
import io.weir.api.eventtime.WatermarkStrategy;
import io.weir.api.functions.KeyedProcessFunction;
import io.weir.api.functions.OpenContext;
import io.weir.api.state.ValueState;
import io.weir.api.state.ValueStateDescriptor;
import io.weir.api.types.Collector;
import io.weir.api.types.Types;
import io.weir.config.CheckpointingOptions;
import io.weir.config.Configuration;
import io.weir.config.ExternalizedCheckpointRetention;
import io.weir.config.RestartStrategyOptions;
import io.weir.config.StateRecoveryOptions;
import io.weir.connector.file.FileSink;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Under back-pressure all the time: numbers come much faster than they are looked at, so that
 * unaligned checkpoints have many of them in flight. Each is written once; a number that does not
 * follow the one before of its split is written as wrong.
 *
 * @param checkpointMillis how often checkpoints are taken
 * @param alignedTimeoutMillis 0 for unaligned at once
 * @param failures how often the job fails on its way, each time a little later
 * @param restorePath where to begin, or null
 */
record OrderedJob(
    Path output,
    int parallelism,
    int count,
    long checkpointMillis,
    long alignedTimeoutMillis,
    int failures,
    boolean ordered,
    String restorePath)
    implements StreamJob {
  private static final long NANOS_PER_NUMBER = 40_000;

  /** While this is so numbers are looked at so slowly that the job comes to no end. */
  static volatile boolean crawling;

  @Override
  public String name() {
    return "ordered";
  }

  @Override
  public void define(StreamExecutionEnvironment env) {
    env.setParallelism(parallelism);
    env.setMaxParallelism(128);
    env.enableCheckpointing(checkpointMillis);
    env.getCheckpointConfig().enableUnalignedCheckpoints();
    env.getCheckpointConfig().setAlignedCheckpointTimeout(Duration.ofMillis(alignedTimeoutMillis));
    Configuration configuration =
        new Configuration()
            .set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay")
            .set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, failures)
            .set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(1))
            .set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    if (restorePath != null) {
      configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, restorePath);
    }
    env.configure(configuration);
    int perSplit = (count + parallelism - 1) / parallelism;
    boolean bySplit = ordered;
    env.fromSource(
            new NumberSequenceSource(0, count - 1),
            WatermarkStrategy.noWatermarks(),
            "numbers",
            Types.LONG)
        .uid("numbers")
        .keyBy(number -> bySplit ? number / perSplit : number % 64, Types.LONG)
        .process(new Slow(failures, ordered))
        .returns(Types.LONG)
        .uid("slow")
        .rebalance()
        .map(Object::toString)
        .returns(Types.STRING)
        .startNewChain()
        .uid("text")
        .sinkTo(FileSink.<String>forRowFormat(output, line -> line).build())
        .uid("write");
  }

  private static final class Slow extends KeyedProcessFunction<Long, Long, Long> {
    private static final long serialVersionUID = 1L;
    private final int failures;
    private final boolean ordered;
    private int seen;
    private transient ValueState<Long> last;

    Slow(int failures, boolean ordered) {
      this.failures = failures;
      this.ordered = ordered;
    }

    @Override
    public void open(OpenContext context) {
      last = getRuntimeContext().getState(new ValueStateDescriptor<>("last", Types.LONG));
    }

    @Override
    public void processElement(Long value, Context context, Collector<Long> out) throws Exception {
      if (crawling) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
      }
      long end = System.nanoTime() + NANOS_PER_NUMBER;
      while (System.nanoTime() < end) {
        Thread.onSpinWait();
      }
      int attempt = getRuntimeContext().getTaskInfo().getAttemptNumber();
      if (attempt < failures && ++seen > 1_500) {
        throw new IllegalStateException("planned failure of attempt " + attempt);
      }
      Long before = last.value();
      last.update(value);
      out.collect(ordered && before != null && before + 1 != value ? -value : value);
    }
  }
}
