package io.weir.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole engine with state in RocksDB, under the same faults. */
class RocksDBSimulationTest {
  private static final long FROM = 7_000;
  private static final int SEEDS = Integer.getInteger("weir.rocksdb.simulations", 6);

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"false", "true"})
  void aJobWithItsStateInRocksDbCommitsWhatItMust(String incremental) {
    int made = 0;
    for (long seed = FROM; seed < FROM + SEEDS; seed++) {
      try (SimulatedRocksDB backends =
          new SimulatedRocksDB(
              directory,
              Map.of(
                  "execution.checkpointing.incremental",
                  incremental,
                  "state.backend.rocksdb.memory.object-cache-size",
                  "16 kb"))) {
        Simulation.Outcome outcome = Simulation.run(seed, backends);
        assertThat(outcome.violation()).as("seed %d", seed).isNull();
        made += backends.made();
      }
    }
    assertThat(made).isGreaterThan(SEEDS);
  }
}
