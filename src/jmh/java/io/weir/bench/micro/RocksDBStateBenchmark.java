package io.weir.bench.micro;

import io.weir.config.Configuration;
import io.weir.snapshot.KeyedStateHandle;
import io.weir.state.rocksdb.RocksDBStateBackendFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;
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
 * Value state in RocksDB, a million values of a hundred bytes, with more and less of a write-back
 * cache in front of it.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xms4g", "-Xmx4g", "-XX:+UseParallelGC"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RocksDBStateBenchmark {
  private static final int KEYS = 1_000_000;

  /** Records between two checkpoints. */
  private static final int RECORDS = 1 << 16;

  /** The first holds all values, the second some in a hundred, the third none. */
  @Param({"1 gb", "8 mb", "0 b"})
  public String cache;

  private RocksDBStateBackendFactory factory;
  private KeyedValues values;

  /** The values are in files when it ends. */
  @Setup
  public void fill() throws IOException {
    Path directory =
        Files.createTempDirectory(Path.of(System.getProperty("java.io.tmpdir")), "rocksdb-");
    factory =
        new RocksDBStateBackendFactory(
            directory,
            ForkJoinPool.commonPool(),
            Configuration.fromMap(
                Map.of(
                    "execution.checkpointing.incremental", "true",
                    "state.backend.rocksdb.memory.fixed-per-tm", "512 mb",
                    "state.backend.rocksdb.memory.object-cache-size", cache,
                    "state.backend.rocksdb.use-bloom-filter", "true",
                    "state.backend.rocksdb.compression.per.level", "NO_COMPRESSION")));
    values = new KeyedValues(factory, StoredType.TEXT, KEYS);
    values.checkpoint();
  }

  @TearDown
  public void close() {
    values.close();
    factory.close();
  }

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

  /** The same with all that the database has to do for it: every change is in files at the end. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public KeyedStateHandle readAndWriteThenCheckpoint() throws IOException {
    for (int batch = 0; batch < RECORDS / KeyedValues.BATCH; batch++) {
      values.readAndWriteBatch();
    }
    return values.checkpoint();
  }
}
