package io.weir.bench.micro;

import io.weir.snapshot.KeyedStateHandle;
import io.weir.state.PendingSnapshot;
import io.weir.state.heap.HeapStateBackendFactory;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
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
 * The synchronous part of a snapshot of value state on the heap: for so long a task stands still at
 * a barrier.
 */
@BenchmarkMode({Mode.AverageTime, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Thread)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xms4g", "-Xmx4g", "-XX:+UseParallelGC"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class HeapFreezeBenchmark {
  /** Batches of records between two barriers. */
  private static final int BATCHES = 1 << 6;

  @Param({"1000000", "20000000"})
  public int keys;

  private KeyedValues values;
  private PendingSnapshot<KeyedStateHandle> taken;

  @Setup
  public void fill() throws IOException {
    values = new KeyedValues(new HeapStateBackendFactory(), StoredType.LONG, keys);
  }

  /** It is discarded only now: what it shares with the state has been changed meanwhile. */
  @TearDown(Level.Invocation)
  public void discard() throws IOException {
    for (int batch = 0; batch < BATCHES; batch++) {
      values.readAndWriteBatch();
    }
    taken.discard();
  }

  @TearDown
  public void close() {
    values.close();
  }

  @Benchmark
  public PendingSnapshot<KeyedStateHandle> freeze() {
    taken = values.snapshot();
    return taken;
  }
}
