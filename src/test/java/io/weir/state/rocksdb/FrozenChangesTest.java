package io.weir.state.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.api.state.ListState;
import io.weir.api.state.ListStateDescriptor;
import io.weir.api.state.ValueState;
import io.weir.api.state.ValueStateDescriptor;
import io.weir.api.types.Types;
import io.weir.snapshot.CheckpointType;
import io.weir.snapshot.KeyedStateHandle;
import io.weir.state.BackendFixture;
import io.weir.state.KeyedStateBackend;
import io.weir.state.PendingSnapshot;
import io.weir.state.TimerQueue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the task does between a barrier and the writing of its snapshot is not in it. */
class FrozenChangesTest {
  private static final ValueStateDescriptor<Long> COUNT =
      new ValueStateDescriptor<>("count", Long.class);
  private static final ListStateDescriptor<Long> LIST =
      new ListStateDescriptor<>("list", Long.class);
  private static final ValueStateDescriptor<byte[]> BYTES =
      new ValueStateDescriptor<>("bytes", Types.PRIMITIVE_ARRAY(Types.BYTE));

  @TempDir(factory = MemoryDirectory.class)
  private Path directory;

  private RocksDBStateBackendFactory backends;
  private BackendFixture fixture;

  @BeforeEach
  void make() {
    backends = RocksBackends.factory(directory, RocksBackends.INCREMENTAL);
    fixture = new BackendFixture(backends);
  }

  @AfterEach
  void close() {
    fixture.close();
    backends.close();
  }

  private KeyedStateBackend<Long> filled() throws Exception {
    KeyedStateBackend<Long> backend = fixture.create(Types.LONG);
    change(backend, 0, 100, 1);
    return backend;
  }

  private static void change(KeyedStateBackend<Long> backend, int from, int to, long by)
      throws Exception {
    ValueState<Long> count = backend.state(COUNT);
    ListState<Long> list = backend.state(LIST);
    TimerQueue<Long, String> timers = backend.timers("timers", Types.STRING);
    for (long key = from; key < to; key++) {
      backend.setCurrentKey(key);
      count.update(key + by);
      list.add(by);
      timers.register("n", 1_000 * by + key);
    }
  }

  /** Keys 0 to 99, each with one element and one timer, and nothing else. */
  private void verify(KeyedStateHandle handle) throws Exception {
    KeyedStateBackend<Long> restored = fixture.create(Types.LONG, handle);
    ValueState<Long> count = restored.state(COUNT);
    ListState<Long> list = restored.state(LIST);
    TimerQueue<Long, String> timers = restored.timers("timers", Types.STRING);
    assertThat(timers.size()).isEqualTo(100);
    for (long key = 0; key < 200; key++) {
      restored.setCurrentKey(key);
      assertThat(count.value()).isEqualTo(key < 100 ? key + 1 : null);
      if (key < 100) {
        assertThat(list.get()).containsExactly(1L);
        assertThat(timers.takeDue(Long.MAX_VALUE)).isTrue();
        assertThat(timers.takenTimestamp()).isEqualTo(1_000 + key);
      } else {
        assertThat(list.get()).isEmpty();
      }
    }
  }

  /** A checkpoint is the database's files, a savepoint is read out of it. */
  private enum Kind {
    FILES(CheckpointType.CHECKPOINT),
    CANONICAL(CheckpointType.SAVEPOINT);

    private final CheckpointType type;

    Kind(CheckpointType type) {
      this.type = type;
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatChangesInMemoryMeanwhileIsNotInTheSnapshot(Kind kind) throws Exception {
    KeyedStateBackend<Long> backend = filled();
    PendingSnapshot<KeyedStateHandle> pending = backend.snapshot(1, kind.type);
    change(backend, 50, 150, 7);
    verify(pending.write(fixture.storage()));
  }

  @ParameterizedTest
  @EnumSource
  void whenTheTaskMustGoToTheDatabase_thenTheSnapshotIsMadeBefore(Kind kind) throws Exception {
    KeyedStateBackend<Long> backend = filled();
    PendingSnapshot<KeyedStateHandle> pending = backend.snapshot(1, kind.type);
    change(backend, 50, 150, 7);
    int[] keys = {0};
    backend.forEachKey(COUNT, key -> keys[0]++);
    backend.state(new ValueStateDescriptor<>("a new one", String.class)).update("value");
    assertThat(keys[0]).isEqualTo(150);
    verify(pending.write(fixture.storage()));
  }

  @ParameterizedTest
  @EnumSource
  void whenTheTaskHasEnded_thenTheSnapshotIsWrittenAllTheSame(Kind kind) throws Exception {
    KeyedStateBackend<Long> backend = filled();
    PendingSnapshot<KeyedStateHandle> pending = backend.snapshot(1, kind.type);
    change(backend, 50, 150, 7);
    backend.close();
    verify(pending.write(fixture.storage()));
  }

  @ParameterizedTest
  @EnumSource
  void whenASnapshotIsDiscarded_thenItsChangesAreInTheNextOne(Kind kind) throws Exception {
    KeyedStateBackend<Long> backend = filled();
    PendingSnapshot<KeyedStateHandle> discarded = backend.snapshot(1, kind.type);
    discarded.discard();
    verify(backend.snapshot(2, kind.type).write(fixture.storage()));
  }

  @ParameterizedTest
  @EnumSource
  void whenASnapshotIsDiscardedAfterTheTaskHasEnded_thenTheDatabaseIsClosed(Kind kind)
      throws Exception {
    KeyedStateBackend<Long> backend = filled();
    PendingSnapshot<KeyedStateHandle> pending = backend.snapshot(1, kind.type);
    backend.close();
    assertThat(databases()).isEqualTo(1);
    pending.discard();
    assertThat(databases()).isZero();
  }

  private long databases() throws IOException {
    try (var files = java.nio.file.Files.walk(directory)) {
      return files.filter(file -> file.endsWith("db")).count();
    }
  }

  @ParameterizedTest
  @EnumSource
  void valuesThatTheTaskChangesInPlaceAreWrittenAsTheyWere(Kind kind) throws Exception {
    ExecutorService writer = Executors.newSingleThreadExecutor();
    try {
      Random random = new Random(7);
      KeyedStateBackend<Long> backend = fixture.create(Types.LONG);
      ValueState<byte[]> state = backend.state(BYTES);
      Map<Long, Long> model = new TreeMap<>();
      Future<KeyedStateHandle> written = null;
      Map<Long, Long> modelAtBarrier = Map.of();
      for (int round = 1; round <= 40; round++) {
        for (int change = 0; change < 20_000; change++) {
          long key = random.nextInt(3_000);
          backend.setCurrentKey(key);
          byte[] value = state.value();
          if (value == null) {
            value = new byte[64];
            state.update(value);
          }
          // the sum stays a multiple of 64 while a change is complete
          for (int index = 0; index < value.length; index++) {
            value[index]++;
          }
          model.merge(key, 1L, Long::sum);
        }
        if (written != null) {
          verifyBytes(written.get(), modelAtBarrier);
        }
        modelAtBarrier = new TreeMap<>(model);
        PendingSnapshot<KeyedStateHandle> pending = backend.snapshot(round, kind.type);
        written = writer.submit(() -> pending.write(fixture.storage()));
      }
    } finally {
      writer.shutdownNow();
    }
  }

  private void verifyBytes(KeyedStateHandle handle, Map<Long, Long> model) throws Exception {
    try (KeyedStateBackend<Long> restored = fixture.create(Types.LONG, handle)) {
      ValueState<byte[]> state = restored.state(BYTES);
      for (Map.Entry<Long, Long> each : model.entrySet()) {
        restored.setCurrentKey(each.getKey());
        byte[] value = state.value();
        for (byte part : value) {
          assertThat(part).isEqualTo(each.getValue().byteValue());
        }
      }
    }
  }
}
