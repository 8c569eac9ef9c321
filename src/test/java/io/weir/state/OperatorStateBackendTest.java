package io.weir.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.api.state.BroadcastState;
import io.weir.api.state.ListState;
import io.weir.api.state.ListStateDescriptor;
import io.weir.api.state.MapStateDescriptor;
import io.weir.api.types.Types;
import io.weir.snapshot.CorruptStateException;
import io.weir.snapshot.OperatorStateHandle;
import io.weir.snapshot.OperatorStateHandle.Partitioned;
import io.weir.snapshot.StateKind;
import io.weir.snapshot.StateSize;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OperatorStateBackendTest {
  private final MemoryStateStorage storage = new MemoryStateStorage();
  private final ListStateDescriptor<String> files =
      new ListStateDescriptor<>("files", String.class);
  private final ListStateDescriptor<List<Long>> cells =
      new ListStateDescriptor<>("cells", Types.LIST(Types.LONG));
  private final MapStateDescriptor<String, Long> rules =
      new MapStateDescriptor<>("rules", String.class, Long.class);

  private OperatorStateBackend backend;

  @BeforeEach
  void createBackend() throws Exception {
    backend = restore();
  }

  private OperatorStateBackend restore(OperatorStateHandle... handles) throws Exception {
    return new OperatorStateBackend("the operator", List.of(handles), storage);
  }

  private OperatorStateHandle snapshot() throws Exception {
    return backend.snapshot(1).write(storage);
  }

  private void restart() throws Exception {
    OperatorStateHandle handle = snapshot();
    backend = handle == null ? restore() : restore(handle);
  }

  /** The part of a handle that keeps only some offsets of each state. */
  private static OperatorStateHandle part(OperatorStateHandle handle, int from, int to) {
    List<Partitioned> states = new ArrayList<>();
    for (Partitioned state : handle.states()) {
      states.add(
          new Partitioned(
              state.state(),
              Arrays.copyOfRange(state.offsets(), from, Math.min(to, state.offsets().length))));
    }
    return new OperatorStateHandle(states, handle.data());
  }

  @Test
  void theSizesOfTheStatesAddUpToWhatIsWritten() throws Exception {
    backend.getListState(files).addAll(List.of("a", "bc"));
    backend.getUnionListState(cells).add(List.of(1L, 2L, 3L));
    backend.getBroadcastState(rules).put("a", 1L);
    OperatorStateHandle first = snapshot();
    Map<String, StateSize> sizes = storage.takeSizes();
    assertThat(sizes).containsOnlyKeys("files", "cells", "rules");
    assertThat(sizes.get("files"))
        .as("twice a length, a length of the text, and the text")
        .isEqualTo(new StateSize("files", StateKind.OPERATOR_LIST, 13, 13));
    assertThat(sizes.values().stream().mapToLong(StateSize::fullBytes).sum())
        .isEqualTo(first.data().sizeBytes());

    restart();
    storage.takeSizes();
    OperatorStateHandle unasked = snapshot();
    assertThat(storage.takeSizes()).as("nobody has asked for the states").isEqualTo(sizes);
    assertThat(unasked.data().sizeBytes()).isEqualTo(first.data().sizeBytes());
  }

  @Test
  void aListIsAList() throws Exception {
    ListState<String> list = backend.getListState(files);
    assertThat(list.get()).isEmpty();
    list.add("a");
    list.addAll(List.of("b", "c"));
    assertThat(list.get()).containsExactly("a", "b", "c");
    list.update(List.of("d"));
    assertThat(list.get()).containsExactly("d");
    list.clear();
    assertThat(list.get()).isEmpty();
  }

  @Test
  void aListCanBeUpdatedWithItself() throws Exception {
    ListState<String> list = backend.getListState(files);
    list.addAll(List.of("a", "b"));
    @SuppressWarnings("unchecked")
    List<String> same = (List<String>) list.get();
    list.update(same);
    assertThat(list.get()).containsExactly("a", "b");
  }

  @Test
  void aListRefusesNull() throws Exception {
    ListState<String> list = backend.getListState(files);
    assertThatThrownBy(() -> list.add(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining("files");
    assertThatThrownBy(() -> list.update(Arrays.asList("a", null)))
        .isInstanceOf(NullPointerException.class);
    assertThat(list.get()).isEmpty();
  }

  @Test
  void aBroadcastMapIsAMap() throws Exception {
    BroadcastState<String, Long> map = backend.getBroadcastState(rules);
    map.putAll(Map.of("a", 1L));
    map.put("b", 2L);
    map.put("c", null);
    map.remove("a");
    assertThat(map.get("b")).isEqualTo(2);
    assertThat(map.contains("c")).isTrue();
    assertThat(map.contains("a")).isFalse();
    for (Map.Entry<String, Long> entry : map.entries()) {
      entry.setValue(7L);
    }
    assertThat(map.get("c")).isEqualTo(7);
    Iterator<Map.Entry<String, Long>> readOnly = map.immutableEntries().iterator();
    readOnly.next();
    assertThatThrownBy(readOnly::remove).isInstanceOf(UnsupportedOperationException.class);
    Iterator<Map.Entry<String, Long>> entries = map.iterator();
    entries.next();
    entries.remove();
    map.clear();
    assertThat(map.iterator()).isExhausted();
    assertThatThrownBy(() -> map.put(null, 1L)).isInstanceOf(NullPointerException.class);
  }

  @Test
  void everythingSurvivesARestart() throws Exception {
    backend.getListState(files).addAll(List.of("a", "b"));
    backend.getUnionListState(new ListStateDescriptor<>("union", Long.class)).add(5L);
    backend.getBroadcastState(rules).put("x", 1L);
    backend.getBroadcastState(rules).put("y", null);
    restart();
    assertThat(backend.getListState(files).get()).containsExactly("a", "b");
    assertThat(backend.getUnionListState(new ListStateDescriptor<>("union", Long.class)).get())
        .containsExactly(5L);
    assertThat(backend.getBroadcastState(rules).get("x")).isEqualTo(1);
    assertThat(backend.getBroadcastState(rules).contains("y")).isTrue();
  }

  @Test
  void withoutContentThereIsNoSnapshot() throws Exception {
    backend.getListState(files);
    backend.getBroadcastState(rules);
    assertThat(snapshot()).isNull();
    assertThat(storage.fileCount()).isZero();
  }

  @Test
  void aSnapshotHoldsWhatWasThereWhenItWasTaken() throws Exception {
    ListState<List<Long>> list = backend.getListState(cells);
    List<Long> cell = new ArrayList<>(List.of(1L));
    list.add(cell);
    backend.getBroadcastState(rules).put("x", 1L);
    PendingSnapshot<OperatorStateHandle> pending = backend.snapshot(1);
    cell.add(2L);
    list.add(List.of(3L));
    backend.getBroadcastState(rules).put("x", 2L);
    backend = restore(pending.write(storage));
    assertThat(backend.getListState(cells).get()).containsExactly(List.of(1L));
    assertThat(backend.getBroadcastState(rules).get("x")).isEqualTo(1);
  }

  @Test
  void elementsOfSeveralHandlesAreJoined() throws Exception {
    backend.getListState(files).addAll(List.of("a", "b", "c"));
    OperatorStateHandle first = snapshot();
    backend.getListState(files).update(List.of("d", "e"));
    OperatorStateHandle second = snapshot();
    backend = restore(part(first, 1, 3), part(second, 0, 1));
    assertThat(backend.getListState(files).get()).containsExactly("b", "c", "d");
  }

  @Test
  void ofABroadcastMapTheFirstIsTaken() throws Exception {
    backend.getBroadcastState(rules).put("x", 1L);
    OperatorStateHandle first = snapshot();
    backend.getBroadcastState(rules).put("x", 2L);
    OperatorStateHandle second = snapshot();
    backend = restore(first, second);
    assertThat(backend.getBroadcastState(rules).get("x")).isEqualTo(1);
  }

  @Test
  void everySplitOfAListLosesAndDoublesNothing() throws Exception {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 13; i++) {
      all.add("file" + i);
    }
    backend.getListState(files).update(all);
    OperatorStateHandle handle = snapshot();
    for (int parallelism = 1; parallelism <= 8; parallelism++) {
      List<String> found = new ArrayList<>();
      for (int subtask = 0; subtask < parallelism; subtask++) {
        OperatorStateBackend part =
            restore(part(handle, subtask * 13 / parallelism, (subtask + 1) * 13 / parallelism));
        part.getListState(files).get().forEach(found::add);
      }
      assertThat(found).isEqualTo(all);
    }
  }

  @Test
  void stateThatNobodyAsksForGoesIntoTheNextSnapshot() throws Exception {
    backend.getListState(files).addAll(List.of("a", "b"));
    backend.getBroadcastState(rules).put("x", 1L);
    restart();
    backend.getListState(cells).add(List.of(1L));
    restart();
    restart();
    assertThat(backend.getListState(files).get()).containsExactly("a", "b");
    assertThat(backend.getBroadcastState(rules).get("x")).isEqualTo(1);
    assertThat(backend.getListState(cells).get()).containsExactly(List.of(1L));
  }

  @Test
  void namesAreKnownBeforeAndAfterTheyAreAskedFor() throws Exception {
    backend.getListState(files).add("a");
    backend.getBroadcastState(rules).put("x", 1L);
    restart();
    assertThat(backend.getRegisteredStateNames()).containsExactly("files");
    assertThat(backend.getRegisteredBroadcastStateNames()).containsExactly("rules");
    backend.getListState(files);
    backend.getUnionListState(cells);
    assertThat(backend.getRegisteredStateNames()).containsExactlyInAnyOrder("files", "cells");
  }

  @Test
  void theSameNameGivesTheSameState() throws Exception {
    assertThat(backend.getListState(files))
        .isSameAs(backend.getListState(new ListStateDescriptor<>("files", String.class)));
    assertThat(backend.getBroadcastState(rules)).isSameAs(backend.getBroadcastState(rules));
  }

  @Test
  void aNameOfAnotherKindOrTypeIsRefused() {
    backend.getListState(files);
    backend.getBroadcastState(rules);
    assertThatThrownBy(() -> backend.getUnionListState(files))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("'files'")
        .hasMessageContaining("the operator");
    assertThatThrownBy(() -> backend.getListState(new ListStateDescriptor<>("files", Long.class)))
        .isInstanceOf(StateException.class);
    assertThatThrownBy(
            () ->
                backend.getBroadcastState(
                    new MapStateDescriptor<>("files", String.class, Long.class)))
        .isInstanceOf(StateException.class);
    assertThatThrownBy(() -> backend.getListState(new ListStateDescriptor<>("rules", Long.class)))
        .isInstanceOf(StateException.class);
  }

  @Test
  void restoredStateOfAnotherKindOrTypeIsRefused() throws Exception {
    backend.getListState(files).add("a");
    restart();
    assertThatThrownBy(() -> backend.getUnionListState(files))
        .isInstanceOf(StateException.class)
        .hasMessageContaining(StateKind.OPERATOR_LIST.name());
    assertThatThrownBy(
            () -> backend.getListState(new ListStateDescriptor<>("files", Types.LIST(Types.LONG))))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("'files'");
  }

  @Test
  void everyChangedByteIsNoticed() throws Exception {
    backend.getListState(files).addAll(List.of("a", "b", "c"));
    OperatorStateHandle handle = snapshot();
    byte[] bytes = storage.bytes(handle.data());
    for (int at = 0; at < bytes.length; at++) {
      bytes[at] ^= 1;
      assertThatThrownBy(() -> restore(handle)).isInstanceOf(CorruptStateException.class);
      bytes[at] ^= 1;
    }
    assertThat(restore(handle).getListState(files).get()).containsExactly("a", "b", "c");
  }

  @Test
  void missingBytesAreNoticed() throws Exception {
    backend.getListState(files).addAll(List.of("a", "b", "c"));
    OperatorStateHandle handle = snapshot();
    byte[] bytes = storage.bytes(handle.data());
    for (int length = 0; length < bytes.length; length++) {
      OperatorStateHandle shorter =
          new OperatorStateHandle(handle.states(), storage.put(Arrays.copyOf(bytes, length)));
      assertThatThrownBy(() -> restore(shorter))
          .isInstanceOf(CorruptStateException.class)
          .hasMessageContaining("memory:");
    }
  }

  @Test
  void anInterruptedSnapshotStops() throws Exception {
    backend.getListState(files).add("a");
    PendingSnapshot<OperatorStateHandle> pending = backend.snapshot(1);
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> pending.write(storage)).isInstanceOf(InterruptedIOException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
