package io.weir.state.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.api.state.StateTtlConfig;
import io.weir.api.state.ValueState;
import io.weir.api.state.ValueStateDescriptor;
import io.weir.api.types.Types;
import io.weir.state.BackendFixture;
import io.weir.state.KeyedStateBackend;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much is looked at in a step, and how often all of it. */
class ExpirySweepTest {
  private static final int KEYS = 1_000;

  @TempDir(factory = MemoryDirectory.class)
  private Path directory;

  private RocksDBStateBackendFactory backends;
  private BackendFixture fixture;

  @BeforeEach
  void makeFixture() {
    backends = RocksBackends.factory(directory);
    fixture = new BackendFixture(backends);
  }

  @AfterEach
  void closeAll() {
    fixture.close();
    backends.close();
  }

  private KeyedStateBackend<String> filled(StateTtlConfig config) throws Exception {
    KeyedStateBackend<String> backend = fixture.create(Types.STRING);
    ValueStateDescriptor<Long> descriptor = new ValueStateDescriptor<>("n", Long.class);
    descriptor.enableTimeToLive(config);
    ValueState<Long> state = backend.state(descriptor);
    for (long i = 0; i < KEYS; i++) {
      backend.setCurrentKey("key" + i);
      state.update(i);
    }
    fixture.snapshot(backend);
    return backend;
  }

  private static int stepsOfARound(KeyedStateBackend<String> backend) {
    int steps = 0;
    while (backend.cleanUp()) {
      steps++;
    }
    return steps;
  }

  @Test
  void aRoundTakesStepsOfAFewEntriesAndTheNextBeginsWhenAValueHasLived() throws Exception {
    KeyedStateBackend<String> backend =
        filled(StateTtlConfig.newBuilder(Duration.ofMinutes(10)).build());
    assertThat(stepsOfARound(backend)).isEqualTo(4);
    fixture.advance(Duration.ofMinutes(10).toMillis() - 1);
    assertThat(backend.cleanUp()).isFalse();
    fixture.advance(1);
    assertThat(stepsOfARound(backend)).isEqualTo(4);
    assertThat(fixture.canonical(backend)).as("all has expired").isNull();
  }

  @Test
  void stepsAndRoundsCanBeMadeShorter() throws Exception {
    KeyedStateBackend<String> backend =
        filled(
            StateTtlConfig.newBuilder(Duration.ofDays(1))
                .cleanupInRocksdbCompactFilter(100, Duration.ofHours(1))
                .build());
    assertThat(stepsOfARound(backend)).isEqualTo(10);
    fixture.advance(Duration.ofHours(1).toMillis());
    assertThat(stepsOfARound(backend)).isEqualTo(10);
    assertThat(fixture.canonical(backend)).as("nothing has expired").isNotNull();
  }

  @Test
  void shortLivesDoNotMeanEndlessRounds() throws Exception {
    KeyedStateBackend<String> backend =
        filled(StateTtlConfig.newBuilder(Duration.ofMillis(1)).build());
    stepsOfARound(backend);
    fixture.advance(999);
    assertThat(backend.cleanUp()).isFalse();
    fixture.advance(1);
    assertThat(backend.cleanUp()).isTrue();
  }
}
