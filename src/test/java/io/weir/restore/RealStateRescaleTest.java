package io.weir.restore;

import static io.weir.restore.RestoreFixtures.COUNT;
import static io.weir.restore.RestoreFixtures.snapshot;
import static io.weir.restore.RestoreFixtures.target;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.api.state.ListState;
import io.weir.api.state.ListStateDescriptor;
import io.weir.api.state.MapState;
import io.weir.api.state.MapStateDescriptor;
import io.weir.api.types.Types;
import io.weir.snapshot.CheckpointType;
import io.weir.snapshot.KeyGroups;
import io.weir.snapshot.KeyedStateHandle;
import io.weir.snapshot.OperatorState;
import io.weir.snapshot.OperatorStateHandle;
import io.weir.snapshot.SubtaskState;
import io.weir.state.KeyedBackendParameters;
import io.weir.state.KeyedStateBackend;
import io.weir.state.MemoryStateStorage;
import io.weir.state.OperatorStateBackend;
import io.weir.state.heap.HeapStateBackendFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What backends have written with one parallelism, dealt out by the planner, is what the backends
 * of another one restore: for every pair.
 */
class RealStateRescaleTest {
  private static final int MOST = 12;
  private static final int MAX_PARALLELISM = 24;
  private static final int KEYS = 50;

  private final MemoryStateStorage storage = new MemoryStateStorage();
  private final ListStateDescriptor<String> splits =
      new ListStateDescriptor<>("splits", String.class);
  private final ListStateDescriptor<String> union =
      new ListStateDescriptor<>("union", String.class);
  private final MapStateDescriptor<String, Long> rules =
      new MapStateDescriptor<>("rules", String.class, Long.class);
  private final MapStateDescriptor<String, Long> counts =
      new MapStateDescriptor<>("counts", String.class, Long.class);

  static IntStream parallelisms() {
    return IntStream.rangeClosed(1, MOST);
  }

  @ParameterizedTest
  @MethodSource("parallelisms")
  void everyKindOfStateMovesToEveryOtherParallelism(int before) throws Exception {
    OperatorState old = written(before);
    for (int after = 1; after <= MOST; after++) {
      RestorePlan plan =
          RestorePlanner.plan(snapshot(old), List.of(target(COUNT, after, MAX_PARALLELISM)), false);
      assertThat(plan.problems()).isEmpty();
      verify(plan.operators().get(COUNT).subtasks(), before);
    }
  }

  private OperatorState written(int parallelism) throws Exception {
    SortedMap<Integer, SubtaskState> subtasks = new TreeMap<>();
    for (int subtask = 0; subtask < parallelism; subtask++) {
      OperatorStateBackend operator = new OperatorStateBackend("count", List.of(), storage);
      operator.getListState(splits).add("a" + subtask);
      operator.getListState(splits).add("b" + subtask);
      operator.getUnionListState(union).add("u" + subtask);
      operator.getBroadcastState(rules).put("limit", 7L);
      OperatorStateHandle handle = operator.snapshot(1).write(storage);
      KeyedStateHandle keyed;
      try (KeyedStateBackend<String> backend = keyed(subtask, parallelism, List.of())) {
        for (int i = 0; i < KEYS; i++) {
          String key = "key" + i;
          if (ownerOf(key, parallelism) == subtask) {
            backend.setCurrentKey(key);
            backend.state(counts).put(key, (long) i);
            backend.timers("timers", Types.LONG).register((long) i, i);
          }
        }
        keyed = backend.snapshot(1, CheckpointType.CHECKPOINT).write(storage);
      }
      subtasks.put(
          subtask, new SubtaskState(keyed == null ? List.of() : List.of(keyed), List.of(handle)));
    }
    return new OperatorState(
        COUNT, "count", "count", parallelism, MAX_PARALLELISM, subtasks, null, Set.of());
  }

  private void verify(List<SubtaskState> subtasks, int before) throws Exception {
    List<String> dealt = new ArrayList<>();
    int timers = 0;
    for (int subtask = 0; subtask < subtasks.size(); subtask++) {
      SubtaskState given = subtasks.get(subtask);
      OperatorStateBackend operator = new OperatorStateBackend("count", given.operator(), storage);
      operator.getListState(splits).get().forEach(dealt::add);
      ListState<String> all = operator.getUnionListState(union);
      assertThat(all.get())
          .containsExactlyElementsOf(IntStream.range(0, before).mapToObj(i -> "u" + i).toList());
      assertThat(operator.getBroadcastState(rules).immutableEntries())
          .containsExactly(Map.entry("limit", 7L));
      try (KeyedStateBackend<String> backend = keyed(subtask, subtasks.size(), given.keyed())) {
        timers += backend.timers("timers", Types.LONG).size();
        for (int i = 0; i < KEYS; i++) {
          String key = "key" + i;
          if (ownerOf(key, subtasks.size()) == subtask) {
            backend.setCurrentKey(key);
            MapState<String, Long> state = backend.state(counts);
            assertThat(state.entries()).containsExactly(Map.entry(key, (long) i));
          }
        }
      }
    }
    assertThat(timers).isEqualTo(KEYS);
    assertThat(dealt)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, before)
                .boxed()
                .flatMap(i -> java.util.stream.Stream.of("a" + i, "b" + i))
                .toList());
  }

  private KeyedStateBackend<String> keyed(
      int subtask, int parallelism, List<KeyedStateHandle> restored) throws Exception {
    return new HeapStateBackendFactory()
        .create(
            new KeyedBackendParameters<>(
                "count",
                Types.STRING,
                MAX_PARALLELISM,
                KeyGroups.rangeOf(subtask, MAX_PARALLELISM, parallelism),
                restored,
                storage,
                () -> 0));
  }

  private static int ownerOf(String key, int parallelism) {
    return KeyGroups.subtaskOf(
        KeyGroups.keyGroupOf(key, MAX_PARALLELISM), MAX_PARALLELISM, parallelism);
  }
}
