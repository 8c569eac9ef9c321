package io.weir.bench.micro;

import io.weir.snapshot.KeyedStateHandle;
import io.weir.state.PendingSnapshot;
import io.weir.state.heap.HeapStateBackendFactory;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Value state on the heap while a snapshot is being written, to be compared with {@code
 * readAndWrite} of {@link HeapStateBenchmark}. What is changed first after a barrier is copied.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xms4g", "-Xmx4g", "-XX:+UseParallelGC"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class HeapSnapshotBenchmark {
  /** Records of one invocation. */
  private static final int RECORDS = 1 << 16;

  /** How far the snapshot is. */
  public enum Snapshot {
    /** Taken right before an invocation, and not written: the first records behind a barrier. */
    HELD,
    /** Written by another thread all the time, one behind the other: the mean record. */
    WRITTEN
  }

  @Param({"1000000", "10000000"})
  public int keys;

  @Param({"LONG", "RECORD", "POJO"})
  public StoredType type;

  @Param public Snapshot snapshot;

  private final ExecutorService writer = Executors.newSingleThreadExecutor();
  private KeyedValues values;

  /** Null unless it is held. */
  private PendingSnapshot<KeyedStateHandle> held;

  /** Null unless one has been written. */
  private Future<KeyedStateHandle> written;

  @Setup
  public void fill() throws IOException {
    values = new KeyedValues(new HeapStateBackendFactory(), type, keys);
  }

  /** An invocation takes milliseconds, so this is not lost in what it costs to call it. */
  @Setup(Level.Invocation)
  public void begin() throws InterruptedException, ExecutionException {
    if (snapshot == Snapshot.HELD) {
      held = values.snapshot();
    } else if (written == null || written.isDone()) {
      if (written != null) {
        written.get(); // fails if it has failed
      }
      PendingSnapshot<KeyedStateHandle> pending = values.snapshot();
      written = writer.submit(() -> pending.write(new Discarding()));
    }
  }

  @TearDown(Level.Invocation)
  public void end() {
    if (held != null) {
      held.discard();
    }
  }

  @TearDown
  public void close() throws InterruptedException, ExecutionException {
    if (written != null) {
      written.get();
    }
    writer.shutdown();
    values.close();
  }

  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public void readAndWrite() throws IOException {
    for (int batch = 0; batch < RECORDS / KeyedValues.BATCH; batch++) {
      values.readAndWriteBatch();
    }
  }
}
