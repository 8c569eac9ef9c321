package io.weir.state.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.api.state.MapStateDescriptor;
import io.weir.api.state.ValueStateDescriptor;
import io.weir.api.types.Types;
import io.weir.config.Configuration;
import io.weir.snapshot.CanonicalKeyedState;
import io.weir.snapshot.CheckpointType;
import io.weir.snapshot.DatabaseKeyedState;
import io.weir.snapshot.KeyGroups;
import io.weir.snapshot.KeyedStateHandle;
import io.weir.snapshot.StateHandle;
import io.weir.snapshot.StateKind;
import io.weir.snapshot.StateSize;
import io.weir.state.BackendFixture;
import io.weir.state.KeyedStateBackend;
import io.weir.state.StateBackendFactory;
import io.weir.state.heap.HeapStateBackendFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How many bytes of a snapshot are of which state, in every backend. */
class StateSizesTest {
  private static final int LARGE_KEYS = 5_000;
  private static final int SMALL_KEYS = 10;
  private static final int VALUE_BYTES = 100;
  private static final int MAX_PARALLELISM = 16;
  private static final ValueStateDescriptor<byte[]> LARGE =
      new ValueStateDescriptor<>("large", Types.PRIMITIVE_ARRAY(Types.BYTE));
  private static final MapStateDescriptor<String, Long> SMALL =
      new MapStateDescriptor<>("small", Types.STRING, Types.LONG);

  /** Backends that write in different ways. */
  private enum Backend {
    HEAP,
    HEAP_COMPRESSED,
    ROCKSDB_FULL,
    ROCKSDB_FULL_COMPRESSED,
    ROCKSDB_INCREMENTAL;

    StateBackendFactory factory(Path directory) {
      return switch (this) {
        case HEAP -> new HeapStateBackendFactory();
        case HEAP_COMPRESSED ->
            new HeapStateBackendFactory()
                .configured(Configuration.fromMap(RocksBackends.COMPRESSED));
        case ROCKSDB_FULL -> RocksBackends.factory(directory);
        case ROCKSDB_FULL_COMPRESSED -> RocksBackends.factory(directory, RocksBackends.COMPRESSED);
        case ROCKSDB_INCREMENTAL -> RocksBackends.factory(directory, RocksBackends.INCREMENTAL);
      };
    }
  }

  @TempDir(factory = MemoryDirectory.class)
  private Path directory;

  private final Random random = new Random(1);

  @ParameterizedTest
  @EnumSource
  @SuppressWarnings("try") // a backend without native memory has nothing to close
  void theSizesOfTheStatesAndTheRestAddUpToTheSnapshot(Backend kind) throws Exception {
    StateBackendFactory factory = kind.factory(directory);
    try (AutoCloseable closed = factory instanceof AutoCloseable each ? each : () -> {};
        BackendFixture fixture = new BackendFixture(factory)) {
      KeyedStateBackend<Long> backend = fixture.create(Types.LONG);
      fill(List.of(backend));

      KeyedStateHandle snapshot = fixture.snapshot(backend);

      Map<String, StateSize> sizes = fixture.storage().takeSizes();
      assertThat(sizes).containsOnlyKeys("large", "small", "timers");
      assertThat(sizes.get("timers").kind()).isEqualTo(StateKind.TIMERS);
      assertThat(sizes.values())
          .as("the first snapshot writes all")
          .allSatisfy(size -> assertThat(size.writtenBytes()).isEqualTo(size.fullBytes()));
      assertThat(sizes.get("large").fullBytes())
          .as("random bytes, which cannot be compressed")
          .isBetween((long) LARGE_KEYS * VALUE_BYTES, 2L * LARGE_KEYS * VALUE_BYTES);
      assertThat(sizes.get("small").fullBytes()).isBetween(1L, sizes.get("large").fullBytes() / 20);
      assertRest(snapshot, snapshot.sizeBytes() - fullBytes(sizes));
    }
  }

  /** What is of no state. */
  private static void assertRest(KeyedStateHandle snapshot, long rest) {
    if (snapshot instanceof DatabaseKeyedState database) {
      assertThat(rest).isPositive().isEqualTo(sizeOf(database, false));
      return;
    }
    CanonicalKeyedState canonical = (CanonicalKeyedState) snapshot;
    switch (canonical.compression()) {
      case NONE -> assertThat(rest).as("a zero each").isEqualTo(canonical.range().size());
      case LZ4 -> assertThat(rest).isBetween(0L, (long) canonical.range().size());
    }
  }

  @Test
  void whatWasNotWrittenAgainCountsToTheFullSizeOnly() throws Exception {
    try (RocksDBStateBackendFactory factory =
            RocksBackends.factory(directory, RocksBackends.INCREMENTAL);
        BackendFixture fixture = new BackendFixture(factory)) {
      KeyedStateBackend<Long> backend = fixture.create(Types.LONG);
      fill(List.of(backend));
      DatabaseKeyedState first = checkpoint(1, backend, fixture);
      Map<String, StateSize> before = fixture.storage().takeSizes();
      backend.setCurrentKey(1L);
      backend.state(SMALL).put("another", 1L);

      DatabaseKeyedState second = checkpoint(2, backend, fixture);

      Map<String, StateSize> after = fixture.storage().takeSizes();
      assertThat(after.get("large").writtenBytes()).isZero();
      assertThat(after.get("large").fullBytes()).isEqualTo(before.get("large").fullBytes());
      assertThat(after.get("small").writtenBytes())
          .isPositive()
          .isLessThan(after.get("small").fullBytes());
      Map<String, StateHandle> tables = new HashMap<>(second.files());
      tables.keySet().removeIf(name -> !DatabaseFiles.isTable(name));
      tables.values().removeAll(first.files().values());
      assertThat(after.values().stream().mapToLong(StateSize::writtenBytes).sum())
          .isEqualTo(tables.values().stream().mapToLong(StateHandle::sizeBytes).sum());
    }
  }

  @Test
  void tablesOfSeveralOldDatabases_mergedWithoutTheirFamilies_areOfTheirStates() throws Exception {
    try (RocksDBStateBackendFactory factory =
            RocksBackends.factory(directory, RocksBackends.INCREMENTAL);
        BackendFixture fixture = new BackendFixture(factory)) {
      List<KeyedStateBackend<Long>> three =
          fixture.createAll(Types.LONG, MAX_PARALLELISM, 3, List.of());
      fill(three);
      List<KeyedStateHandle> handles = new ArrayList<>();
      for (KeyedStateBackend<Long> each : three) {
        handles.add(fixture.snapshot(each));
      }
      KeyedStateBackend<Long> merged =
          fixture.createAll(Types.LONG, MAX_PARALLELISM, 1, handles).get(0);
      fixture.storage().takeSizes();

      DatabaseKeyedState first = checkpoint(1, merged, fixture);
      Map<String, StateSize> sizes = fixture.storage().takeSizes();
      DatabaseKeyedState second = checkpoint(2, merged, fixture);
      Map<String, StateSize> again = fixture.storage().takeSizes();

      assertThat(sizes).containsOnlyKeys("large", "small", "timers");
      assertThat(sizes.get("large").fullBytes()).isGreaterThan((long) LARGE_KEYS * VALUE_BYTES);
      assertThat(fullBytes(sizes)).isEqualTo(sizeOf(first, true));
      assertThat(fullBytes(again)).isEqualTo(sizeOf(second, true));
    }
  }

  private void fill(List<KeyedStateBackend<Long>> subtasks) throws Exception {
    for (long key = 0; key < LARGE_KEYS; key++) {
      int keyGroup = KeyGroups.keyGroupOf(key, MAX_PARALLELISM);
      KeyedStateBackend<Long> backend =
          subtasks.get(KeyGroups.subtaskOf(keyGroup, MAX_PARALLELISM, subtasks.size()));
      backend.setCurrentKey(key, keyGroup);
      byte[] value = new byte[VALUE_BYTES];
      random.nextBytes(value);
      backend.state(LARGE).update(value);
      if (key < SMALL_KEYS) {
        backend.state(SMALL).put("x", key);
        backend.timers("timers", Types.LONG).register(key, 1_000 + key);
      }
    }
  }

  private static DatabaseKeyedState checkpoint(
      long id, KeyedStateBackend<Long> backend, BackendFixture fixture) throws Exception {
    KeyedStateHandle state =
        backend.snapshot(id, CheckpointType.CHECKPOINT).write(fixture.storage());
    backend.checkpointCompleted(id);
    return (DatabaseKeyedState) state;
  }

  private static long fullBytes(Map<String, StateSize> sizes) {
    return sizes.values().stream().mapToLong(StateSize::fullBytes).sum();
  }

  /** Of the tables, or of all other files. */
  private static long sizeOf(DatabaseKeyedState state, boolean tables) {
    return state.files().entrySet().stream()
        .filter(file -> DatabaseFiles.isTable(file.getKey()) == tables)
        .mapToLong(file -> file.getValue().sizeBytes())
        .sum();
  }
}
