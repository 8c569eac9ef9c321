package io.weir.bench.micro;

import io.weir.barrier.Barrier;
import io.weir.barrier.CheckpointOptions;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A whole checkpoint of a job without state, from its trigger to the last acknowledgement: a number
 * of sources, and one task behind them that aligns their barriers. One thread steps all tasks in
 * turn.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TaskBarrierBenchmark {
  @Param({"2", "8"})
  public int channels;

  /** How many records each source emits between two barriers. */
  @Param({"0", "512"})
  public int records;

  private FanIn job;
  private long checkpointId;

  @Setup
  public void create() {
    job = new FanIn(channels, records);
  }

  /** Every record must have come through: else something else has been measured. */
  @TearDown
  public void verify() {
    job.stop(checkpointId);
  }

  @Benchmark
  public void checkpoint() {
    job.checkpoint(new Barrier(++checkpointId, 0, CheckpointOptions.alignedCheckpoint()));
  }
}
