package io.weir.bench.micro;

import io.weir.barrier.AbortReason;
import io.weir.barrier.AlignmentFacts;
import io.weir.barrier.AlignmentMode;
import io.weir.barrier.Barrier;
import io.weir.barrier.BarrierController;
import io.weir.barrier.BarrierHandler;
import io.weir.barrier.CheckpointOptions;
import io.weir.snapshot.CheckpointType;
import java.util.BitSet;
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

/** What one task decides about all barriers of one checkpoint, and nothing that it does then. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class BarrierHandlerBenchmark {
  @Param({"2", "8"})
  public int channels;

  @Param({"ALIGNED", "UNALIGNED"})
  public CheckpointOptions.Alignment alignment;

  private final Counting controller = new Counting();
  private CheckpointOptions options;
  private BarrierHandler handler;
  private long checkpointId;

  @Setup
  public void create() {
    BitSet capturable = new BitSet();
    capturable.set(0, channels);
    handler = new BarrierHandler(channels, capturable, AlignmentMode.EXACTLY_ONCE, controller);
    options = new CheckpointOptions(CheckpointType.CHECKPOINT, alignment);
  }

  /** Every checkpoint that began must have been taken: else something else has been measured. */
  @TearDown
  public void verify() {
    if (controller.taken != checkpointId || handler.isAligning()) {
      throw new IllegalStateException(
          controller.taken + " of " + checkpointId + " checkpoints were taken");
    }
  }

  @Benchmark
  public long checkpoint() {
    Barrier barrier = new Barrier(++checkpointId, 0, options);
    if (options.isUnaligned()) {
      for (int channel = 0; channel < channels; channel++) {
        handler.onAnnouncement(channel, barrier, 0);
      }
    }
    for (int channel = 0; channel < channels; channel++) {
      handler.onBarrier(channel, barrier);
    }
    return controller.taken;
  }

  /** Counts what it is told to do. */
  private static final class Counting implements BarrierController {
    private long taken;
    private long open;

    @Override
    public void blockChannel(int channel) {
      open++;
    }

    @Override
    public void unblockChannels() {
      open = 0;
    }

    @Override
    public void alignmentStarted(Barrier barrier) {}

    @Override
    public void triggerCheckpoint(Barrier barrier, AlignmentFacts facts) {
      taken++;
    }

    @Override
    public void startCapture(int channel) {
      open++;
    }

    @Override
    public void endCapture(int channel, long position) {
      open--;
    }

    @Override
    public void captureCompleted(long id) {
      if (open != 0) {
        throw new IllegalStateException(open + " channels are still being captured");
      }
    }

    @Override
    public void abortCheckpoint(long id, AbortReason reason) {
      throw new IllegalStateException("checkpoint " + id + " was given up: " + reason);
    }
  }
}
