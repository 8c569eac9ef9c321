package io.weir.state.rocksdb;

import io.weir.state.KeyedStateBackendContract;
import io.weir.state.StateBackendFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class RocksTinyCacheIncrementalBackendTest extends KeyedStateBackendContract {
  @TempDir(factory = MemoryDirectory.class)
  private static Path directory;

  private static RocksDBStateBackendFactory backends;

  @BeforeAll
  static void makeFactory() {
    backends = RocksBackends.factory(directory, RocksBackends.TINY, RocksBackends.INCREMENTAL);
  }

  @AfterAll
  static void closeFactory() {
    backends.close();
  }

  @Override
  protected int largestParallelism() {
    return 4;
  }

  @Override
  protected StateBackendFactory factory() {
    return backends;
  }
}
