package io.weir.bench.micro;

import io.weir.config.Configuration;
import io.weir.snapshot.KeyedStateHandle;
import io.weir.state.rocksdb.RocksDBStateBackendFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Value state in RocksDB, a million values of a hundred bytes, with more and less of a write-back
 * cache in front of it.
 */
public class RocksDBStateBenchmark extends ValueStateBenchmark {
  private static final int KEYS = 1_000_000;

  /** Records between two checkpoints. */
  private static final int RECORDS = 1 << 16;

  /** The first holds all values, the second some in a hundred, the third none. */
  @Param({"1 gb", "8 mb", "0 b"})
  public String cache;

  private RocksDBStateBackendFactory factory;

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
