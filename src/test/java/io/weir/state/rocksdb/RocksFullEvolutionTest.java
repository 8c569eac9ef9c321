package io.weir.state.rocksdb;

import io.weir.state.StateBackendFactory;
import io.weir.state.StateEvolutionContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class RocksFullEvolutionTest extends StateEvolutionContract {
  @TempDir(factory = MemoryDirectory.class)
  private static Path work;

  private static RocksDBStateBackendFactory backends;

  @BeforeAll
  static void makeFactory() {
    backends = RocksBackends.factory(work);
  }

  @AfterAll
  static void closeFactory() {
    backends.close();
  }

  @Override
  protected StateBackendFactory factory() {
    return backends;
  }
}
