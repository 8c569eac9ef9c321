package io.weir.state.rocksdb;

import io.weir.state.KeyedStateModelContract;
import io.weir.state.StateBackendFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class RocksTinyCacheModelTest extends KeyedStateModelContract {
  @TempDir(factory = MemoryDirectory.class)
  private static Path directory;

  private static RocksDBStateBackendFactory backends;

  @BeforeAll
  static void makeFactory() {
    backends = RocksBackends.factory(directory, RocksBackends.TINY, RocksBackends.COMPRESSED);
  }

  @AfterAll
  static void closeFactory() {
    backends.close();
  }

  @Override
  protected int seeds() {
    return Integer.getInteger("weir.rocksdb.seeds", 2);
  }

  @Override
  protected int operationsPerSnapshot() {
    return 1_000;
  }

  @Override
  protected StateBackendFactory factory() {
    return backends;
  }
}
