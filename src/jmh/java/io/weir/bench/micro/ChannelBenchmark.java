package io.weir.bench.micro;

import io.weir.engine.channel.Channel;
import io.weir.engine.channel.RecordBatch;
import io.weir.engine.channel.Signal;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.openjdk.jmh.infra.Control;

/**
 * A record's way through a channel. The two sides of {@code twoThreads} wait for each other like
 * the threads of tasks do, but never park; the throughput of the pair is that of {@code consumer}.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ChannelBenchmark {
  /** Records of one invocation, whatever the size of a batch. */
  private static final int RECORDS = RecordBatch.CAPACITY;

  /** As a task that makes no progress: spins so often, then yields. */
  private static final int SPINS = 20;

  private static final Object VALUE = "a record";

  /** A channel for one thread, which hands over each record by itself. */
  @State(Scope.Thread)
  public static class Single {
    final Channel channel = new Channel(new Signal(), new Signal());
  }

  /** A channel whose batches are full with so many records. */
  @State(Scope.Group)
  public static class Batches {
    /** 256 is the most; fewer when what is in flight is limited. */
    @Param({"16", "256"})
    public int batchRecords;

    final Channel channel = new Channel(new Signal(), new Signal());

    /** The limit counts for batches that are begun, and the first one has been. */
    @Setup
    public void limit() {
      channel.limitBatches(batchRecords);
      channel.emit(VALUE, 0);
      channel.flush();
      channel.recycle((RecordBatch) channel.poll());
    }
  }

  /** The least that a hand-over costs: a record alone, to a consumer that waits for it. */
  @Benchmark
  public Object onePerBatch(Single single) {
    Channel channel = single.channel;
    channel.emit(VALUE, 1);
    channel.flushIfConsumerIsIdle();
    RecordBatch batch = (RecordBatch) channel.poll();
    Object value = batch.value(0);
    channel.recycle(batch);
    return value;
  }

  /** Emitting and reading without what two threads cost. */
  @Benchmark
  @Group("oneThread")
  @OperationsPerInvocation(RECORDS)
  public void oneThread(Batches batches, Blackhole blackhole) {
    Channel channel = batches.channel;
    for (int record = 0; record < RECORDS; record++) {
      channel.emit(VALUE, record);
    }
    RecordBatch batch;
    while ((batch = (RecordBatch) channel.poll()) != null) {
      read(batch, blackhole);
      channel.recycle(batch);
    }
  }

  /** A task emits while its outputs have room. */
  @Benchmark
  @Group("twoThreads")
  @OperationsPerInvocation(RECORDS)
  public void producer(Batches batches, Control control) {
    Channel channel = batches.channel;
    int spins = 0;
    for (int record = 0; record < RECORDS; ) {
      if (channel.hasRoom()) {
        spins = 0;
        int end = Math.min(RECORDS, record + batches.batchRecords);
        for (; record < end; record++) {
          channel.emit(VALUE, record);
        }
      } else if (control.stopMeasurement) {
        return;
      } else {
        spins = await(spins);
      }
    }
  }

  /** A task reads batch by batch, and gives each back. */
  @Benchmark
  @Group("twoThreads")
  @OperationsPerInvocation(RECORDS)
  public void consumer(Batches batches, Control control, Blackhole blackhole) {
    Channel channel = batches.channel;
    int spins = 0;
    for (int records = 0; records < RECORDS; ) {
      RecordBatch batch = (RecordBatch) channel.poll();
      if (batch != null) {
        spins = 0;
        records += batch.size();
        read(batch, blackhole);
        channel.recycle(batch);
      } else if (control.stopMeasurement) {
        return;
      } else {
        spins = await(spins);
      }
    }
  }

  private static void read(RecordBatch batch, Blackhole blackhole) {
    int size = batch.size();
    for (int index = 0; index < size; index++) {
      blackhole.consume(batch.value(index));
      blackhole.consume(batch.timestamp(index));
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // a hint: progress does not depend on it
  private static int await(int spins) {
    if (spins < SPINS) {
      Thread.onSpinWait();
    } else {
      Thread.yield();
    }
    return spins + 1;
  }
}
