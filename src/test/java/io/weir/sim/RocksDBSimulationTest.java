package io.weir.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole engine with state in RocksDB, under the same faults. */
class RocksDBSimulationTest {
  private static final long FROM = 7_000;
  private static final int SEEDS = Integer.getInteger("weir.rocksdb.simulations", 6);

  /** Seeds of jobs with state that expires. */
  private static final int EXPIRING_SEEDS = 6;

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"false", "true"})
  void aJobWithItsStateInRocksDbCommitsWhatItMust(String incremental) {
    assertThat(backendsMadeBy(incremental, LongStream.range(FROM, FROM + SEEDS)))
        .isGreaterThan(SEEDS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"false", "true"})
  void whatExpiresInRocksDbIsSeenAsLongAsItLives(String incremental) {
    LongStream expiring =
        LongStream.iterate(FROM, seed -> seed + 1)
            .filter(seed -> new GeneratedJob(seed).hasExpiry())
            .limit(EXPIRING_SEEDS);

    assertThat(backendsMadeBy(incremental, expiring)).isGreaterThan(EXPIRING_SEEDS);
  }

  private int backendsMadeBy(String incremental, LongStream seeds) {
    int made = 0;
    for (long seed : seeds.toArray()) {
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
    return made;
  }
}
