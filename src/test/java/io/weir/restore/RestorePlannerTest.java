package io.weir.restore;

import static io.weir.restore.RestoreFixtures.COUNT;
import static io.weir.restore.RestoreFixtures.MAX_PARALLELISM;
import static io.weir.restore.RestoreFixtures.SOURCE;
import static io.weir.restore.RestoreFixtures.finished;
import static io.weir.restore.RestoreFixtures.inFlight;
import static io.weir.restore.RestoreFixtures.keyed;
import static io.weir.restore.RestoreFixtures.lists;
import static io.weir.restore.RestoreFixtures.operator;
import static io.weir.restore.RestoreFixtures.snapshot;
import static io.weir.restore.RestoreFixtures.state;
import static io.weir.restore.RestoreFixtures.target;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.snapshot.OperatorId;
import io.weir.snapshot.OperatorState;
import io.weir.snapshot.RescaleMapping;
import io.weir.snapshot.StateHandle;
import io.weir.snapshot.StateKind;
import io.weir.snapshot.SubtaskState;
import io.weir.snapshot.VertexId;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RestorePlannerTest {
  private static final OperatorId SINK = new OperatorId(0, 3);

  @Test
  void anOperatorThatTheSnapshotDoesNotKnowStartsEmpty() {
    RestorePlan plan = RestorePlanner.plan(snapshot(), List.of(target(COUNT, 3, 128)), false);

    assertThat(plan.isRefused()).isFalse();
    assertThat(plan.checkpointId()).isEqualTo(41);
    assertThat(plan.operators().get(COUNT))
        .isEqualTo(OperatorRestore.empty(target(COUNT, 3, 128), false));
  }

  @Test
  void theStateOfACoordinatorGoesToTheCoordinator() {
    StateHandle enumerator = new StateHandle.Inline(new byte[] {7});
    OperatorState old =
        new OperatorState(SOURCE, "uid", "name", 2, 128, new TreeMap<>(), enumerator, Set.of());

    RestorePlan plan = RestorePlanner.plan(snapshot(old), List.of(target(SOURCE, 5, 128)), false);

    assertThat(plan.operators().get(SOURCE).coordinator()).isEqualTo(enumerator);
  }

  @Test
  void whenStateHasNoOperator_thenTheRestoreIsRefusedWithUidNameAndStates() {
    RestorePlan plan =
        RestorePlanner.plan(
            snapshot(keyed(2, 128), lists(2, 1, state("splits", StateKind.OPERATOR_LIST))),
            List.of(target(SINK, 1, 128)),
            false);

    assertThat(plan.isRefused()).isTrue();
    assertThat(plan.operators()).isEmpty();
    assertThat(plan.problems())
        .extracting(RestoreProblem::kind)
        .containsOnly(RestoreProblem.Kind.UNCLAIMED_STATE)
        .hasSize(2);
    assertThat(plan.refusal())
        .contains(
            "'name-1'",
            "'uid-1'",
            "states count",
            "2000 bytes",
            "'uid-2'",
            "states splits",
            "execution.state-recovery.ignore-unclaimed-state");
  }

  @Test
  void whenStateWithoutOperatorIsAllowed_thenItIsLeftBehindAndSaid() {
    RestorePlan plan =
        RestorePlanner.plan(snapshot(keyed(2, 128)), List.of(target(SINK, 1, 128)), true);

    assertThat(plan.isRefused()).isFalse();
    assertThat(plan.refusal()).isEmpty();
    assertThat(plan.problems())
        .singleElement()
        .satisfies(
            problem -> assertThat(problem.kind()).isEqualTo(RestoreProblem.Kind.DROPPED_STATE));
    assertThat(plan.operators()).containsOnlyKeys(SINK);
  }

  @Test
  void whenTheLostOperatorHadNoUid_thenTheMessageTellsWhyItWasLost() {
    TreeMap<Integer, SubtaskState> subtasks = new TreeMap<>(keyed(1, 128).subtasks());
    OperatorState old = new OperatorState(COUNT, null, "count", 1, 128, subtasks, null, Set.of());

    assertThat(RestorePlanner.plan(snapshot(old), List.of(), false).refusal())
        .contains(
            "'count'", "no uid", "place in the graph", "Give every operator with state a uid");
  }

  @Test
  void anOperatorThatHadNoStateMayGo() {
    TreeMap<Integer, SubtaskState> subtasks = new TreeMap<>();
    subtasks.put(0, SubtaskState.EMPTY);
    OperatorState stateless = operator(COUNT, 1, 128, subtasks, Set.of());

    RestorePlan plan =
        RestorePlanner.plan(
            snapshot(stateless, finished(SOURCE, 2, Set.of(0, 1))),
            List.of(target(SINK, 1, 128)),
            false);

    assertThat(plan.problems()).isEmpty();
  }

  @Test
  void whenTheMaximumParallelismOfKeyedStateChanges_thenTheRestoreIsRefusedWithBothNumbers() {
    RestorePlan plan =
        RestorePlanner.plan(snapshot(keyed(2, 128)), List.of(target(COUNT, 4, 256)), true);

    assertThat(plan.isRefused()).isTrue();
    assertThat(plan.refusal())
        .contains("'uid-1'", "parallelism of 128", "256", "setMaxParallelism(128)")
        .doesNotContain("lower its parallelism");
  }

  @Test
  void whenTheParallelismExceedsTheOldMaximum_thenTheMessageSaysToLowerIt() {
    RestorePlan plan =
        RestorePlanner.plan(snapshot(keyed(2, 12)), List.of(target(COUNT, 20, 128)), false);

    assertThat(plan.refusal()).contains("setMaxParallelism(12)", "lower its parallelism of 20");
  }

  @Test
  void theMaximumParallelismOfAnOperatorWithoutKeyedStateMayChange() {
    OperatorState old = lists(3, 1, state("splits", StateKind.OPERATOR_LIST));

    assertThat(
            RestorePlanner.plan(snapshot(old), List.of(target(SOURCE, 5, 256)), false).isRefused())
        .isFalse();
  }

  @Test
  void anOperatorThatHadFinishedDoesNotRunAgain() {
    RestorePlan plan =
        RestorePlanner.plan(
            snapshot(finished(SOURCE, 2, Set.of(0, 1)), finished(COUNT, 2, Set.of(0, 1))),
            List.of(target(SOURCE, 3, MAX_PARALLELISM), target(COUNT, 2, 128, SOURCE)),
            false);

    assertThat(plan.isRefused()).isFalse();
    assertThat(plan.operators().values()).allMatch(OperatorRestore::finished);
    assertThat(plan.operators().get(SOURCE).subtasks()).hasSize(3).containsOnly(SubtaskState.EMPTY);
  }

  @Test
  void anOperatorThatHadFinishedInPartRunsAgainWithTheStateOfTheRest() {
    OperatorState all = lists(4, 1, state("splits", StateKind.OPERATOR_LIST));
    TreeMap<Integer, SubtaskState> rest = new TreeMap<>(all.subtasks().tailMap(2));
    OperatorState old = operator(SOURCE, 4, 128, rest, Set.of(0, 1));

    OperatorRestore same =
        RestorePlanner.plan(snapshot(old), List.of(target(SOURCE, 4, 128)), false)
            .operators()
            .get(SOURCE);
    OperatorRestore fewer =
        RestorePlanner.plan(snapshot(old), List.of(target(SOURCE, 1, 128)), false)
            .operators()
            .get(SOURCE);

    assertThat(same.finished()).isFalse();
    assertThat(same.subtasks().get(0)).isEqualTo(SubtaskState.EMPTY);
    assertThat(same.subtasks().get(3)).isEqualTo(all.subtasks().get(3));
    assertThat(fewer.subtasks().get(0).operator()).hasSize(2);
  }

  @Test
  void aSubtaskThatHadFinishedGetsTheBroadcastStateOfAnother() {
    OperatorState all = lists(3, 1, state("rules", StateKind.BROADCAST));
    OperatorState old =
        operator(SOURCE, 3, 128, new TreeMap<>(all.subtasks().tailMap(1)), Set.of(0));

    OperatorRestore restored =
        RestorePlanner.plan(snapshot(old), List.of(target(SOURCE, 3, 128)), false)
            .operators()
            .get(SOURCE);

    assertThat(restored.subtasks().get(0)).isEqualTo(all.subtasks().get(1));
    assertThat(restored.subtasks().get(2)).isEqualTo(all.subtasks().get(2));
  }

  @Test
  void whenAFinishedOperatorGetsANewInput_thenTheRestoreIsRefused() {
    RestorePlan plan =
        RestorePlanner.plan(
            snapshot(finished(COUNT, 1, Set.of(0))),
            List.of(target(SOURCE, 1, 128), target(COUNT, 1, 128, SOURCE)),
            false);

    assertThat(plan.problems())
        .extracting(RestoreProblem::kind)
        .containsExactly(RestoreProblem.Kind.FINISHED_OPERATOR);
    assertThat(plan.refusal())
        .contains("'uid-1'", "had finished", "'uid-2'", "feeds it", "another uid");
  }

  @Test
  void whenAPartlyFinishedOperatorGetsANewInput_thenTheRestoreIsRefused() {
    RestorePlan plan =
        RestorePlanner.plan(
            snapshot(finished(COUNT, 2, Set.of(0))),
            List.of(target(SOURCE, 1, 128), target(COUNT, 2, 128, SOURCE)),
            false);

    assertThat(plan.refusal()).contains("in some of its subtasks", "'uid-2'");
  }

  @Test
  void aRunningOperatorMayHaveFinishedInputs() {
    RestorePlan plan =
        RestorePlanner.plan(
            snapshot(finished(SOURCE, 1, Set.of(0))),
            List.of(target(SOURCE, 1, 128), target(COUNT, 1, 128, SOURCE)),
            false);

    assertThat(plan.isRefused()).isFalse();
    assertThat(plan.operators().get(SOURCE).finished()).isTrue();
    assertThat(plan.operators().get(COUNT).finished()).isFalse();
  }

  @Test
  void whenAFinishedOperatorSharesItsChainWithARunningOne_thenTheRestoreIsRefused() {
    VertexId chain = new VertexId(9, 9);
    RestoreTarget source =
        new RestoreTarget(SOURCE, chain, null, "source", 1, 128, Set.of(), List.of(), false);
    RestoreTarget map =
        new RestoreTarget(COUNT, chain, "map", "map", 1, 128, Set.of(SOURCE), List.of(), false);

    RestorePlan plan =
        RestorePlanner.plan(snapshot(finished(SOURCE, 1, Set.of(0))), List.of(source, map), false);

    assertThat(plan.refusal()).contains("'source'", "'map'", "same chain");
  }

  @Test
  void whenTheEdgeOfRecordsInFlightIsGone_thenTheRestoreIsRefusedAndSaysToTakeASavepoint() {
    for (RestoreTarget changed :
        List.of(
            target(COUNT, 2, 128),
            target(COUNT, 2, 128, RescaleMapping.UNSUPPORTED),
            target(COUNT, 2, 128, RescaleMapping.ROUND_ROBIN))) {
      RestorePlan plan =
          RestorePlanner.plan(
              snapshot(inFlight(3, 128, RescaleMapping.RANGE)), List.of(changed), false);

      assertThat(plan.problems())
          .extracting(RestoreProblem::kind)
          .containsExactly(RestoreProblem.Kind.IN_FLIGHT);
      assertThat(plan.refusal()).contains("name-" + COUNT.lower(), "RANGE", "savepoint");
    }
  }

  @Test
  void theMaximumParallelismMustNotChangeUnderRecordsInFlightOfAKeyedStream() {
    RestorePlan plan =
        RestorePlanner.plan(
            snapshot(inFlight(3, 128, RescaleMapping.RANGE)),
            List.of(target(COUNT, 2, 256, RescaleMapping.RANGE)),
            false);

    assertThat(plan.problems())
        .extracting(RestoreProblem::kind)
        .containsExactly(RestoreProblem.Kind.MAX_PARALLELISM);
  }

  @Test
  void allReasonsAgainstARestoreAreGivenAtOnce() {
    RestorePlan plan =
        RestorePlanner.plan(
            snapshot(keyed(2, 64), lists(2, 1, state("splits", StateKind.OPERATOR_LIST))),
            List.of(target(COUNT, 2, 128)),
            false);

    assertThat(plan.refusal().lines()).hasSize(2);
  }
}
