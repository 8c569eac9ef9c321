package io.weir.state.rocksdb;

import io.weir.config.Configuration;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;

/** Factories of backends for tests, which differ in what is configured. */
final class RocksBackends {
  /** So little that hardly anything stays in memory. */
  static final Map<String, String> TINY =
      Map.of(
          "state.backend.rocksdb.memory.object-cache-size", "4 kb",
          "state.backend.rocksdb.timer-service.cache-size", "2",
          "state.backend.rocksdb.write-batch-size", "200 b");

  static final Map<String, String> INCREMENTAL =
      Map.of("execution.checkpointing.incremental", "true");

  static final Map<String, String> COMPRESSED =
      Map.of("execution.checkpointing.snapshot-compression", "true");

  private RocksBackends() {}

  @SafeVarargs
  static RocksDBStateBackendFactory factory(Path directory, Map<String, String>... options) {
    Map<String, String> all = new HashMap<>();
    all.put("state.backend.rocksdb.memory.fixed-per-tm", "64 mb");
    for (Map<String, String> some : options) {
      all.putAll(some);
    }
    return new RocksDBStateBackendFactory(
        directory, ForkJoinPool.commonPool(), Configuration.fromMap(all));
  }
}
