package io.weir.state.heap;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.api.state.MapState;
import io.weir.api.state.MapStateDescriptor;
import io.weir.api.state.ValueState;
import io.weir.api.state.ValueStateDescriptor;
import io.weir.api.types.Types;
import io.weir.snapshot.CheckpointType;
import io.weir.snapshot.KeyedStateHandle;
import io.weir.state.BackendFixture;
import io.weir.state.KeyedStateBackend;
import io.weir.state.PendingSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The task changes everything it can while another thread writes a snapshot of many pages. */
class CopyOnWriteTest {
  private static final int KEYS = 60_000;
  private static final int ROUNDS = 6;

  private final BackendFixture fixture = new BackendFixture(new HeapStateBackendFactory());
  private final ExecutorService writer = Executors.newSingleThreadExecutor();

  @AfterEach
  void stopWriter() {
    writer.shutdownNow();
  }

  @Test
  void aSnapshotOfNumbersIsNotTornByChanges() throws Exception {
    KeyedStateBackend<Long> backend = fixture.create(Types.LONG);
    ValueStateDescriptor<Long> descriptor = new ValueStateDescriptor<>("number", Long.class);
    ValueState<Long> state = backend.state(descriptor);
    Random random = new Random(1);
    for (long round = 0; round < ROUNDS; round++) {
      for (long key = 0; key < KEYS; key++) {
        backend.setCurrentKey(key);
        state.update(round);
      }
      Future<KeyedStateHandle> handle = write(backend.snapshot(round, CheckpointType.CHECKPOINT));
      do {
        backend.setCurrentKey((long) random.nextInt(KEYS * 2));
        if (random.nextInt(3) == 0) {
          state.clear();
        } else {
          state.update(-1L);
        }
      } while (!handle.isDone());
      KeyedStateBackend<Long> restored = fixture.create(Types.LONG, handle.get());
      ValueState<Long> old = restored.state(descriptor);
      long extra = 0;
      for (long key = 0; key < KEYS; key++) {
        restored.setCurrentKey(key);
        assertThat(old.value()).isEqualTo(round);
      }
      for (long key = KEYS; key < 2 * KEYS; key++) {
        restored.setCurrentKey(key);
        extra += old.value() == null ? 0 : 1;
      }
      assertThat(round > 0 || extra == 0).isTrue();
    }
  }

  @Test
  void aSnapshotOfMutableValuesIsNotTornByChanges() throws Exception {
    KeyedStateBackend<String> backend = fixture.create(Types.STRING);
    ValueStateDescriptor<List<Long>> pairs =
        new ValueStateDescriptor<>("pairs", Types.LIST(Types.LONG));
    MapStateDescriptor<String, List<Long>> maps =
        new MapStateDescriptor<>("maps", Types.STRING, Types.LIST(Types.LONG));
    ValueState<List<Long>> state = backend.state(pairs);
    MapState<String, List<Long>> map = backend.state(maps);
    int keys = KEYS / 20;
    for (int key = 0; key < keys; key++) {
      backend.setCurrentKey("key" + key);
      state.update(new ArrayList<>(List.of(0L, 0L)));
      map.put("x", new ArrayList<>(List.of(0L, 0L)));
    }
    Random random = new Random(2);
    for (long round = 1; round <= ROUNDS * 3; round++) {
      Future<KeyedStateHandle> handle = write(backend.snapshot(round, CheckpointType.CHECKPOINT));
      do {
        backend.setCurrentKey("key" + random.nextInt(keys));
        for (List<Long> pair : List.of(state.value(), map.get("x"))) {
          // both halves are equal whenever a snapshot is taken
          pair.set(0, pair.get(0) + 1);
          pair.set(1, pair.get(1) + 1);
        }
      } while (!handle.isDone());
      KeyedStateBackend<String> restored = fixture.create(Types.STRING, handle.get());
      long total = 0;
      for (int key = 0; key < keys; key++) {
        restored.setCurrentKey("key" + key);
        List<Long> pair = restored.state(pairs).value();
        assertThat(pair.get(0)).isEqualTo(pair.get(1));
        assertThat(restored.state(maps).get("x")).isEqualTo(pair);
        total += pair.get(0);
      }
      assertThat(total).isEqualTo(round == 1 ? 0 : lastTotal);
      lastTotal = totalOf(backend, state, keys);
    }
  }

  private long lastTotal;

  private static long totalOf(
      KeyedStateBackend<String> backend, ValueState<List<Long>> state, int keys) throws Exception {
    long total = 0;
    for (int key = 0; key < keys; key++) {
      backend.setCurrentKey("key" + key);
      total += state.value().get(0);
    }
    return total;
  }

  private Future<KeyedStateHandle> write(PendingSnapshot<KeyedStateHandle> pending) {
    return writer.submit(() -> pending.write(fixture.storage()));
  }
}
