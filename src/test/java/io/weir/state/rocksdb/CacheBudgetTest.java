package io.weir.state.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.api.state.ListState;
import io.weir.api.state.ListStateDescriptor;
import io.weir.api.state.ValueState;
import io.weir.api.state.ValueStateDescriptor;
import io.weir.api.types.TypeInformation;
import io.weir.api.types.Types;
import io.weir.snapshot.KeyGroups;
import io.weir.state.BackendFixture;
import io.weir.state.KeyedStateBackend;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What does not fit into the cache goes to the database, also before anything was written. */
class CacheBudgetTest {
  private static final TypeInformation<byte[]> BYTES = Types.PRIMITIVE_ARRAY(Types.BYTE);
  private static final int VALUE_BYTES = 1_000;
  private static final int WRITTEN = 8_000_000;
  private static final int BUDGET = 1 << 20;

  @TempDir(factory = MemoryDirectory.class)
  private Path directory;

  private RocksDBStateBackendFactory backends;
  private BackendFixture fixture;
  private KeyedStateBackend<Long> backend;

  @BeforeEach
  void make() throws Exception {
    backends =
        RocksBackends.factory(
            directory, Map.of("state.backend.rocksdb.memory.object-cache-size", "1 mb"));
    fixture = new BackendFixture(backends);
    backend = fixture.create(Types.LONG);
  }

  @AfterEach
  void close() {
    fixture.close();
    backends.close();
  }

  @Test
  void largeValuesAreCountedBeforeTheFirstOneIsWritten() throws Exception {
    ValueState<byte[]> state = backend.state(new ValueStateDescriptor<>("value", BYTES));
    for (long key = 0; key < WRITTEN / VALUE_BYTES; key++) {
      backend.setCurrentKey(key);
      state.update(new byte[VALUE_BYTES]);
    }

    assertThat(backends.nativeBytes()).isGreaterThan(WRITTEN - 2 * BUDGET);
  }

  @Test
  void valuesThatBecomeLargerAreCounted() throws Exception {
    int keys = 500;
    ValueState<byte[]> state = backend.state(new ValueStateDescriptor<>("value", BYTES));
    for (int size = 0; size < WRITTEN / keys; size += VALUE_BYTES) {
      for (long key = 0; key < keys; key++) {
        backend.setCurrentKey(key);
        state.update(new byte[size]);
      }
    }

    assertThat(backends.nativeBytes()).isGreaterThan(WRITTEN - 2 * BUDGET);
  }

  @Test
  void listsThatGrowAreCounted() throws Exception {
    int keys = 500;
    ListState<byte[]> state = backend.state(new ListStateDescriptor<>("list", BYTES));
    for (int added = 0; added < WRITTEN / keys; added += VALUE_BYTES) {
      for (long key = 0; key < keys; key++) {
        backend.setCurrentKey(key);
        state.add(new byte[VALUE_BYTES]);
      }
    }

    assertThat(backends.nativeBytes()).isGreaterThan(WRITTEN - 2 * BUDGET);
  }

  @Test
  void valuesThatDoNotFitTogetherAreNotFetchedTogetherAgain() throws Exception {
    RocksKeyedStateBackend<Long> large = (RocksKeyedStateBackend<Long>) backend;
    try (RocksDBStateBackendFactory tiny = RocksBackends.factory(directory, RocksBackends.TINY);
        BackendFixture own = new BackendFixture(tiny)) {
      RocksKeyedStateBackend<Long> small =
          (RocksKeyedStateBackend<Long>) own.<Long>create(Types.LONG);
      assertThat(small.fetchesTogether()).as("before the first time").isTrue();

      expectMany(large);
      expectMany(small);

      assertThat(large.fetchesTogether()).isTrue();
      assertThat(small.fetchesTogether()).isFalse();
    }
  }

  private static void expectMany(RocksKeyedStateBackend<Long> backend) {
    backend.state(new ValueStateDescriptor<>("value", BYTES));
    Object[] keys = new Object[256];
    int[] keyGroups = new int[keys.length];
    for (int index = 0; index < keys.length; index++) {
      keys[index] = (long) index;
      keyGroups[index] = KeyGroups.keyGroupOf(keys[index], 16);
    }
    backend.expect(keys, keyGroups, 0, keys.length);
  }

  /** The cache has many shards, and an index must fit into one of them to be cached. */
  @Test
  void anIndexThatDoesNotFitIntoTheBlockCacheIsReadAllTheSame() throws Exception {
    try (RocksDBStateBackendFactory small =
            RocksBackends.factory(
                directory,
                Map.of(
                    "state.backend.rocksdb.memory.object-cache-size", "64 kb",
                    "state.backend.rocksdb.block.blocksize", "256 b"));
        BackendFixture own = new BackendFixture(small)) {
      KeyedStateBackend<Long> filled = own.create(Types.LONG);
      ValueState<byte[]> state = filled.state(new ValueStateDescriptor<>("value", BYTES));
      for (long key = 0; key < 400_000; key++) {
        filled.setCurrentKey(key);
        state.update(new byte[100]);
      }
      for (long key = 0; key < 400_000; key += 1_000) {
        filled.setCurrentKey(key);
        assertThat(state.value()).hasSize(100);
      }
    }
  }
}
