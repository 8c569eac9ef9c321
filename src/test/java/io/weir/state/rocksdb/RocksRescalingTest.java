package io.weir.state.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.api.state.MapStateDescriptor;
import io.weir.api.types.Types;
import io.weir.snapshot.KeyGroups;
import io.weir.snapshot.KeyedStateHandle;
import io.weir.state.BackendFixture;
import io.weir.state.KeyedStateBackend;
import io.weir.state.TimerQueue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * State and timers in real databases, moved from every parallelism to every other: one snapshot of
 * each old parallelism is restored with all new ones. Every subtask must have exactly what its key
 * groups had, so also nothing of its neighbours'.
 */
class RocksRescalingTest {
  private static final int LARGEST = 12;

  /** Not a multiple of most parallelisms: ranges differ in size. */
  private static final int MAX_PARALLELISM = 20;

  private static final long KEYS = 60;
  private static final MapStateDescriptor<String, Long> MAP =
      new MapStateDescriptor<>("map", Types.STRING, Types.LONG);

  @TempDir(factory = MemoryDirectory.class)
  private static Path directory;

  private static RocksDBStateBackendFactory full;
  private static RocksDBStateBackendFactory incremental;

  @BeforeAll
  static void makeFactories() {
    full = RocksBackends.factory(directory.resolve("full"));
    incremental =
        RocksBackends.factory(directory.resolve("incremental"), RocksBackends.INCREMENTAL);
  }

  @AfterAll
  static void closeFactories() {
    full.close();
    incremental.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void everySubtaskHasWhatItsKeyGroupsHad(boolean isIncremental) throws Exception {
    for (int before = 1; before <= LARGEST; before++) {
      try (BackendFixture fixture = new BackendFixture(isIncremental ? incremental : full)) {
        List<KeyedStateHandle> snapshot = snapshotOf(before, fixture);
        for (int after = 1; after <= LARGEST; after++) {
          List<KeyedStateBackend<Long>> restored =
              fixture.createAll(Types.LONG, MAX_PARALLELISM, after, snapshot);
          for (int subtask = 0; subtask < after; subtask++) {
            KeyedStateBackend<Long> backend = restored.get(subtask);
            assertThat(contentOf(backend))
                .as("subtask %d, of %d before and %d after", subtask, before, after)
                .isEqualTo(expected(subtask, after));
            backend.close();
          }
        }
      }
    }
  }

  private static List<KeyedStateHandle> snapshotOf(int parallelism, BackendFixture fixture)
      throws Exception {
    List<KeyedStateBackend<Long>> backends =
        fixture.createAll(Types.LONG, MAX_PARALLELISM, parallelism, List.of());
    for (long key = 0; key < KEYS; key++) {
      int keyGroup = KeyGroups.keyGroupOf(key, MAX_PARALLELISM);
      KeyedStateBackend<Long> owner =
          backends.get(KeyGroups.subtaskOf(keyGroup, MAX_PARALLELISM, parallelism));
      owner.setCurrentKey(key, keyGroup);
      owner.state(MAP).put("x", key);
      owner.timers("timers", Types.LONG).register(key, 1_000 + key);
    }
    List<KeyedStateHandle> snapshot = new ArrayList<>();
    for (KeyedStateBackend<Long> each : backends) {
      snapshot.add(fixture.snapshot(each));
      each.close();
    }
    return snapshot;
  }

  /** What a subtask has, by key. */
  private record Content(Map<Long, Long> values, Map<Long, Long> timers) {}

  private static Content contentOf(KeyedStateBackend<Long> backend) throws Exception {
    Content content = new Content(new HashMap<>(), new HashMap<>());
    List<Long> keys = new ArrayList<>();
    backend.forEachKey(MAP, keys::add);
    for (long key : keys) {
      backend.setCurrentKey(key);
      content.values().put(key, backend.state(MAP).get("x"));
    }
    TimerQueue<Long, Long> timers = backend.timers("timers", Types.LONG);
    while (timers.takeDue(Long.MAX_VALUE)) {
      assertThat(timers.takenNamespace()).isEqualTo(backend.currentKey());
      content.timers().put(backend.currentKey(), timers.takenTimestamp());
    }
    return content;
  }

  private static Content expected(int subtask, int parallelism) {
    Content expected = new Content(new HashMap<>(), new HashMap<>());
    for (long key = 0; key < KEYS; key++) {
      int keyGroup = KeyGroups.keyGroupOf(key, MAX_PARALLELISM);
      if (KeyGroups.subtaskOf(keyGroup, MAX_PARALLELISM, parallelism) == subtask) {
        expected.values().put(key, key);
        expected.timers().put(key, 1_000 + key);
      }
    }
    return expected;
  }
}
