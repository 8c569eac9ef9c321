package io.weir.bench.micro;

import io.weir.state.heap.HeapStateBackendFactory;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
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
 * Value state on the heap while no snapshot is being written. Values of type LONG are in tables of
 * numbers, the others in tables of objects.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xms4g", "-Xmx4g", "-XX:+UseParallelGC"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class HeapStateBenchmark {
  @Param({"1000000", "10000000"})
  public int keys;

  @Param({"LONG", "RECORD"})
  public StoredType type;

  private KeyedValues values;

  @Setup
  public void fill() throws IOException {
    values = new KeyedValues(new HeapStateBackendFactory(), type, keys);
  }

  @TearDown
  public void close() {
    values.close();
  }

  /** Of a key that nobody has announced. */
  @Benchmark
  public Object get() throws IOException {
    return values.get();
  }

  /** Of a key that nobody has announced. */
  @Benchmark
  public void put() throws IOException {
    values.put();
  }

  /** As an operator does it: the keys of a batch are announced, then each is read and written. */
  @Benchmark
  @OperationsPerInvocation(KeyedValues.BATCH)
  public void readAndWrite() throws IOException {
    values.readAndWriteBatch();
  }
}
