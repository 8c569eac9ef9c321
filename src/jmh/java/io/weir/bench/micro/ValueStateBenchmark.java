package io.weir.bench.micro;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What is done to a value state, whatever keeps it; a subclass makes the values. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xms4g", "-Xmx4g", "-XX:+UseParallelGC"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public abstract class ValueStateBenchmark {
  KeyedValues values;

  /** Of a key that nobody has announced. */
  @Benchmark
  public Object get() throws IOException {
    return values.get();
  }

  /** Of a key that nobody has announced, without what a checkpoint writes later. */
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
