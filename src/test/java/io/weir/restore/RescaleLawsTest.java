package io.weir.restore;

import static io.weir.restore.RestoreFixtures.COUNT;
import static io.weir.restore.RestoreFixtures.MAX_PARALLELISM;
import static io.weir.restore.RestoreFixtures.SOURCE;
import static io.weir.restore.RestoreFixtures.inFlight;
import static io.weir.restore.RestoreFixtures.keyed;
import static io.weir.restore.RestoreFixtures.lists;
import static io.weir.restore.RestoreFixtures.snapshot;
import static io.weir.restore.RestoreFixtures.state;
import static io.weir.restore.RestoreFixtures.target;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.snapshot.ChannelStateHandle;
import io.weir.snapshot.KeyGroupRange;
import io.weir.snapshot.KeyGroups;
import io.weir.snapshot.KeyedStateHandle;
import io.weir.snapshot.OperatorState;
import io.weir.snapshot.OperatorStateHandle;
import io.weir.snapshot.OperatorStateHandle.Partitioned;
import io.weir.snapshot.RescaleMapping;
import io.weir.snapshot.StateDescription;
import io.weir.snapshot.StateHandle;
import io.weir.snapshot.StateKind;
import io.weir.snapshot.SubtaskState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every old and every new parallelism. */
class RescaleLawsTest {
  private static final StateDescription SPLITS = state("splits", StateKind.OPERATOR_LIST);
  private static final StateDescription OTHER = state("other", StateKind.OPERATOR_LIST);
  private static final StateDescription UNION = state("union", StateKind.OPERATOR_UNION);
  private static final StateDescription RULES = state("rules", StateKind.BROADCAST);

  /** Old and new parallelism and the maximum of both. */
  record Rescale(int from, int to, int max) {
    @Override
    public String toString() {
      return from + " to " + to + " of " + max;
    }
  }

  static Stream<Rescale> rescales() {
    return IntStream.of(12, MAX_PARALLELISM)
        .boxed()
        .flatMap(
            max ->
                IntStream.rangeClosed(1, 12)
                    .boxed()
                    .flatMap(
                        from ->
                            IntStream.rangeClosed(1, 12)
                                .mapToObj(to -> new Rescale(from, to, max))));
  }

  @Test
  void allPairsAreThere() {
    assertThat(rescales()).hasSize(288).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("rescales")
  void everyKeyGroupIsRestoredExactlyOnceAndInTheSubtaskThatOwnsIt(Rescale rescale) {
    List<SubtaskState> subtasks = restore(keyed(rescale.from, rescale.max), rescale);
    int[] restored = new int[rescale.max];
    for (int subtask = 0; subtask < rescale.to; subtask++) {
      KeyGroupRange own = KeyGroups.rangeOf(subtask, rescale.max, rescale.to);
      for (KeyedStateHandle handle : subtasks.get(subtask).keyed()) {
        KeyGroupRange taken = handle.range().intersection(own);
        assertThat(taken.size())
            .as("a handle without a key group of subtask %s", subtask)
            .isPositive();
        for (int keyGroup = taken.start(); keyGroup <= taken.end(); keyGroup++) {
          assertThat(KeyGroups.subtaskOf(keyGroup, rescale.max, rescale.to)).isEqualTo(subtask);
          restored[keyGroup]++;
        }
      }
    }
    assertThat(restored).containsOnly(1);
  }

  @ParameterizedTest
  @MethodSource("rescales")
  void withTheSameParallelismEachSubtaskGetsItsOwnKeyedState(Rescale rescale) {
    OperatorState old = keyed(rescale.from, rescale.max);
    Rescale unchanged = new Rescale(rescale.from, rescale.from, rescale.max);

    assertThat(restore(old, unchanged)).isEqualTo(new ArrayList<>(old.subtasks().values()));
  }

  @ParameterizedTest
  @MethodSource("rescales")
  void everyElementOfAListIsRestoredExactlyOnceAndTheyAreBalanced(Rescale rescale) {
    for (int extra : new int[] {0, 1, 5}) {
      OperatorState old = lists(rescale.from, extra, SPLITS, OTHER);
      List<SubtaskState> subtasks = restore(old, rescale);
      for (StateDescription state : List.of(SPLITS, OTHER)) {
        List<String> dealt = new ArrayList<>();
        subtasks.forEach(subtask -> dealt.addAll(elements(subtask, state)));
        assertThat(dealt)
            .containsExactlyInAnyOrderElementsOf(elements(old, state))
            .doesNotHaveDuplicates();
        if (rescale.from != rescale.to) {
          assertBalanced(subtasks.stream().mapToInt(subtask -> elements(subtask, state).size()));
        }
      }
      if (rescale.from != rescale.to) {
        assertBalanced(
            subtasks.stream()
                .mapToInt(
                    subtask -> elements(subtask, SPLITS).size() + elements(subtask, OTHER).size()));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("rescales")
  void withTheSameParallelismEachSubtaskKeepsItsPartOfAList(Rescale rescale) {
    OperatorState old = lists(rescale.from, 2, SPLITS, OTHER);
    List<SubtaskState> subtasks =
        restore(old, new Rescale(rescale.from, rescale.from, rescale.max));
    for (int subtask = 0; subtask < rescale.from; subtask++) {
      assertThat(elements(subtasks.get(subtask), SPLITS))
          .isEqualTo(elements(old.subtasks().get(subtask), SPLITS));
      assertThat(elements(subtasks.get(subtask), OTHER))
          .isEqualTo(elements(old.subtasks().get(subtask), OTHER));
    }
  }

  @ParameterizedTest
  @MethodSource("rescales")
  void everySubtaskGetsAUnionListWholeAndInTheSameOrder(Rescale rescale) {
    OperatorState old = lists(rescale.from, 1, UNION, SPLITS);
    for (SubtaskState subtask : restore(old, rescale)) {
      assertThat(elements(subtask, UNION)).isEqualTo(elements(old, UNION));
    }
  }

  @ParameterizedTest
  @MethodSource("rescales")
  void everySubtaskGetsABroadcastMapFromExactlyOneAndItsOwnIfItHadOne(Rescale rescale) {
    OperatorState old = lists(rescale.from, 1, RULES);
    List<SubtaskState> subtasks = restore(old, rescale);
    for (int subtask = 0; subtask < rescale.to; subtask++) {
      List<OperatorStateHandle> given = subtasks.get(subtask).operator();
      assertThat(given).hasSize(1);
      assertThat(given.get(0))
          .isEqualTo(old.subtasks().get(subtask % rescale.from).operator().get(0));
    }
  }

  @ParameterizedTest
  @MethodSource("rescales")
  void aPieceOfDataIsGivenToASubtaskOnce(Rescale rescale) {
    OperatorState old = lists(rescale.from, 3, SPLITS, OTHER, UNION, RULES);
    for (SubtaskState subtask : restore(old, rescale)) {
      assertThat(subtask.operator()).extracting(OperatorStateHandle::data).doesNotHaveDuplicates();
      for (OperatorStateHandle handle : subtask.operator()) {
        for (Partitioned part : handle.states()) {
          assertThat(part.offsets()).isSorted();
        }
      }
    }
  }

  private static List<SubtaskState> restore(OperatorState old, Rescale rescale) {
    RestorePlan plan =
        RestorePlanner.plan(
            snapshot(old), List.of(target(old.id(), rescale.to, rescale.max)), false);
    assertThat(plan.problems()).isEmpty();
    assertThat(old.id()).isIn(COUNT, SOURCE);
    return plan.operators().get(old.id()).subtasks();
  }

  private static void assertBalanced(IntStream sizes) {
    int[] counted = sizes.toArray();
    int least = Arrays.stream(counted).min().orElseThrow();
    int most = Arrays.stream(counted).max().orElseThrow();
    assertThat(most - least).as("%s", Arrays.toString(counted)).isLessThanOrEqualTo(1);
  }

  /** As the reader of a segment takes what is its own, so does this count. */
  @ParameterizedTest
  @MethodSource("rescales")
  void everyRecordInFlightIsRestoredExactlyOnceInASubtaskThatMayHaveIt(Rescale rescale) {
    for (RescaleMapping mapping : RescaleMapping.values()) {
      if (mapping == RescaleMapping.UNSUPPORTED) {
        continue;
      }
      RestorePlan plan =
          RestorePlanner.plan(
              snapshot(inFlight(rescale.from, rescale.max, mapping)),
              List.of(target(COUNT, rescale.to, rescale.max, mapping)),
              false);
      List<SubtaskState> subtasks = plan.operators().get(COUNT).subtasks();
      int[] takenOf = new int[rescale.from];
      int[] recordsOf = new int[rescale.max];
      for (int subtask = 0; subtask < rescale.to; subtask++) {
        for (ChannelStateHandle handle : subtasks.get(subtask).channels()) {
          assertThat(handle.segments()).hasSize(1);
          int old = handle.segments().get(0).subtask();
          takenOf[old]++;
          KeyGroupRange range = KeyGroups.rangeOf(old, rescale.max, rescale.from);
          for (int keyGroup = range.start(); keyGroup <= range.end(); keyGroup++) {
            if (KeyGroups.subtaskOf(keyGroup, rescale.max, rescale.to) == subtask) {
              recordsOf[keyGroup]++;
            }
          }
          if (mapping == RescaleMapping.FIRST && rescale.from != rescale.to) {
            assertThat(subtask).isZero();
          }
        }
      }
      if (mapping == RescaleMapping.RANGE) {
        assertThat(recordsOf).as("a record of each key group").containsOnly(1);
      } else {
        boolean toAll = mapping == RescaleMapping.FULL && rescale.from != rescale.to;
        assertThat(takenOf).as("by %s", mapping).containsOnly(toAll ? rescale.to : 1);
      }
    }
  }

  private static List<String> elements(OperatorState state, StateDescription description) {
    return state.subtasks().values().stream()
        .flatMap(subtask -> elements(subtask, description).stream())
        .toList();
  }

  /** Each element as its file and offset. */
  private static List<String> elements(SubtaskState subtask, StateDescription description) {
    List<String> elements = new ArrayList<>();
    for (OperatorStateHandle handle : subtask.operator()) {
      for (Partitioned part : handle.states()) {
        if (part.state().equals(description)) {
          for (long offset : part.offsets()) {
            elements.add(((StateHandle.InFile) handle.data()).location() + ":" + offset);
          }
        }
      }
    }
    return elements;
  }
}
