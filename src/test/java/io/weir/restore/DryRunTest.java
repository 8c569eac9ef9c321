package io.weir.restore;

import static io.weir.restore.RestoreFixtures.COUNT;
import static io.weir.restore.RestoreFixtures.SOURCE;
import static io.weir.restore.RestoreFixtures.snapshot;
import static io.weir.restore.RestoreFixtures.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.weir.api.environment.RestoreReport;
import io.weir.api.environment.RestoreReport.Match;
import io.weir.api.environment.RestoreReport.OperatorReport;
import io.weir.api.environment.RestoreReport.StateReport;
import io.weir.api.environment.RestoreReport.Verdict;
import io.weir.snapshot.AskedState;
import io.weir.snapshot.CanonicalKeyedState;
import io.weir.snapshot.Compression;
import io.weir.snapshot.DatabaseKeyedState;
import io.weir.snapshot.KeyGroupRange;
import io.weir.snapshot.KeyedStateHandle;
import io.weir.snapshot.OperatorId;
import io.weir.snapshot.OperatorState;
import io.weir.snapshot.ScalarKind;
import io.weir.snapshot.Schema;
import io.weir.snapshot.StateDescription;
import io.weir.snapshot.StateHandle;
import io.weir.snapshot.StateKind;
import io.weir.snapshot.SubtaskState;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a dry run tells, from facts alone. */
class DryRunTest {
  private static final StateHandle DATA = new StateHandle.Inline(new byte[1]);

  private static StateDescription value(String name, ScalarKind kind) {
    return state(name, StateKind.VALUE, kind);
  }

  private static StateDescription state(String name, StateKind stateKind, ScalarKind kind) {
    return new StateDescription(
        name,
        stateKind,
        Map.of(
            StateDescription.KEY,
            new Schema.Scalar(ScalarKind.STRING),
            StateDescription.VALUE,
            new Schema.Scalar(kind)));
  }

  private static DeclaredStates all(List<StateDescription> states) {
    return DeclaredStates.all(states.stream().map(AskedState::new).toList());
  }

  private static OperatorState stored(OperatorId id, StateDescription... states) {
    return stored(
        id,
        new CanonicalKeyedState(
            new KeyGroupRange(0, 1), List.of(states), new long[2], Compression.NONE, DATA));
  }

  private static OperatorState stored(OperatorId id, KeyedStateHandle keyed) {
    TreeMap<Integer, SubtaskState> subtasks = new TreeMap<>();
    subtasks.put(0, new SubtaskState(List.of(keyed), List.of()));
    return new OperatorState(id, "uid-" + id.lower(), "name", 2, 128, subtasks, null, Set.of());
  }

  private static RestoreReport report(
      OperatorState old, boolean allowed, DeclaredStates declared, RestoreTarget... targets) {
    var snapshot = snapshot(old);
    RestorePlan plan = RestorePlanner.plan(snapshot, List.of(targets), allowed);
    return DryRun.report(
        "job",
        "file:///s",
        "It goes on.",
        snapshot,
        List.of(targets),
        plan,
        Map.of(COUNT, declared));
  }

  private static RestoreReport report(StateDescription stored, DeclaredStates declared) {
    return report(stored(COUNT, stored), false, declared, target(COUNT, 3, 128));
  }

  private static StateReport onlyState(RestoreReport report) {
    assertThat(report.operators()).hasSize(1);
    assertThat(report.operators().get(0).states()).hasSize(1);
    return report.operators().get(0).states().get(0);
  }

  @Test
  void whatFitsStarts() {
    StateDescription count = value("count", ScalarKind.LONG);

    RestoreReport report = report(count, all(List.of(count)));

    assertThat(report.verdict()).isEqualTo(Verdict.STARTS);
    assertThat(report.reason()).isEqualTo("It goes on.");
    OperatorReport operator = report.operators().get(0);
    assertThat(operator.match()).isEqualTo(Match.MATCHED);
    assertThat(operator.storedParallelism()).isEqualTo(2);
    assertThat(operator.parallelism()).isEqualTo(3);
    assertThat(onlyState(report))
        .isEqualTo(new StateReport("count", "VALUE", Match.MATCHED, List.of(), null));
  }

  @Test
  void whatHasChangedIsMigrated() {
    RestoreReport report =
        report(value("count", ScalarKind.INT), all(List.of(value("count", ScalarKind.LONG))));

    assertThat(report.verdict()).isEqualTo(Verdict.STARTS);
    assertThat(report.operators().get(0).match()).isEqualTo(Match.MIGRATED);
    assertThat(onlyState(report).changes()).containsExactly("long: int -> long, widened");
  }

  @Test
  void whatDoesNotFitIsRefusedInTheWordsOfTheRestore() {
    StateDescription stored = value("count", ScalarKind.STRING);
    StateDescription asked = value("count", ScalarKind.LONG);

    RestoreReport report = report(stored, all(List.of(asked)));

    assertThat(report.verdict()).isEqualTo(Verdict.REFUSED);
    assertThat(onlyState(report).match()).isEqualTo(Match.INCOMPATIBLE);
    assertThat(onlyState(report).note()).contains("string", "long", "REFUSED");
    assertThat(report.reason())
        .isEqualTo("It goes on.\noperator 'name-1': " + onlyState(report).note());
  }

  @Test
  void newStatesBeginEmptyAndForgottenOnesStay() {
    RestoreReport report =
        report(value("old", ScalarKind.LONG), all(List.of(value("new", ScalarKind.LONG))));

    assertThat(report.verdict()).isEqualTo(Verdict.STARTS);
    assertThat(report.operators().get(0).match()).isEqualTo(Match.MATCHED);
    assertThat(report.operators().get(0).states())
        .extracting(StateReport::name, StateReport::match)
        .containsExactly(tuple("new", Match.NEW), tuple("old", Match.MISSING));
  }

  @Test
  void whatNobodyKnowsIsNotPromised() {
    RestoreReport report =
        report(
            value("count", ScalarKind.LONG),
            new DeclaredStates(List.of(), "Asked when it opens.", null));

    assertThat(report.verdict()).isEqualTo(Verdict.UNDECIDED);
    assertThat(onlyState(report).match()).isEqualTo(Match.UNKNOWN);
    assertThat(report.operators().get(0).notes()).containsExactly("Asked when it opens.");
  }

  @Test
  void anOperatorThatCannotOpenAtAllRefuses() {
    RestoreReport report =
        report(
            value("count", ScalarKind.LONG),
            new DeclaredStates(List.of(), null, "it cannot store that"));

    assertThat(report.verdict()).isEqualTo(Verdict.REFUSED);
    assertThat(report.reason()).endsWith("it cannot store that");
  }

  @Test
  void stateWithoutOperatorIsRefusedUnlessItMayBeLeft() {
    OperatorState old = stored(SOURCE, value("count", ScalarKind.LONG));
    DeclaredStates none = DeclaredStates.all(List.of());

    RestoreReport refused = report(old, false, none, target(COUNT, 1, 128));
    RestoreReport left = report(old, true, none, target(COUNT, 1, 128));

    assertThat(refused.verdict()).isEqualTo(Verdict.REFUSED);
    assertThat(refused.reason()).contains("the job has no such operator");
    assertThat(left.verdict()).isEqualTo(Verdict.STARTS);
    for (RestoreReport report : List.of(refused, left)) {
      assertThat(report.operators().get(0).storedParallelism()).as("new").isZero();
      assertThat(report.operators().get(1).parallelism()).as("missing").isZero();
    }
    assertThat(left.operators().get(0).match()).isEqualTo(Match.NEW);
    assertThat(left.operators().get(1).match()).isEqualTo(Match.MISSING);
    assertThat(left.operators().get(1).notes().get(0)).contains("left behind, as allowed");
  }

  @Test
  void anotherMaxParallelismIsRefused() {
    StateDescription count = value("count", ScalarKind.LONG);

    RestoreReport report =
        report(stored(COUNT, count), false, all(List.of(count)), target(COUNT, 1, 256));

    assertThat(report.verdict()).isEqualTo(Verdict.REFUSED);
    assertThat(report.operators().get(0).match()).isEqualTo(Match.INCOMPATIBLE);
    assertThat(report.reason()).contains("128", "256");
  }

  @Test
  void theFilesOfADatabaseNeedItsBackend() {
    StateDescription count = value("count", ScalarKind.LONG);
    TreeMap<String, StateDescription> families = new TreeMap<>(Map.of("entries-0", count));
    KeyedStateHandle files =
        new DatabaseKeyedState(new KeyGroupRange(0, 1), families, new TreeMap<>());
    DeclaredStates declared = all(List.of(count));
    RestoreTarget onHeap = target(COUNT, 1, 128);
    RestoreTarget inDatabase =
        new RestoreTarget(
            COUNT,
            onHeap.vertex(),
            "u",
            "n",
            1,
            128,
            Set.of(),
            List.of(),
            /* readsDatabases= */ true);

    assertThat(report(stored(COUNT, files), false, declared, onHeap).reason())
        .contains("RocksDB", "canonical savepoint");
    assertThat(report(stored(COUNT, files), false, declared, inDatabase).verdict())
        .isEqualTo(Verdict.STARTS);
  }

  /** A list that is split has become one that all get whole. */
  @Test
  void anotherKindOfStateIsRefused() {
    RestoreReport report =
        report(
            state("list", StateKind.VALUE, ScalarKind.LONG),
            all(List.of(state("list", StateKind.LIST, ScalarKind.LONG))));

    assertThat(report.verdict()).isEqualTo(Verdict.REFUSED);
    assertThat(onlyState(report).note()).contains("VALUE", "LIST", "another name");
  }
}
