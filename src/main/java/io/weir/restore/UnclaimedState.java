package io.weir.restore;

import io.weir.snapshot.KeyedStateHandle;
import io.weir.snapshot.OperatorId;
import io.weir.snapshot.OperatorState;
import io.weir.snapshot.OperatorStateHandle;
import io.weir.snapshot.SnapshotMetadata;
import io.weir.snapshot.SubtaskState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds state of a snapshot that no operator of the job takes: forgetting it silently would lose
 * data.
 */
final class UnclaimedState {
  private UnclaimedState() {}

  static List<RestoreProblem> check(
      SnapshotMetadata snapshot, Collection<RestoreTarget> targets, boolean allowed) {
    Set<OperatorId> known = new HashSet<>();
    targets.forEach(target -> known.add(target.id()));
    List<RestoreProblem> problems = new ArrayList<>();
    for (OperatorState state : snapshot.operators()) {
      if (!known.contains(state.id()) && hasState(state)) {
        problems.add(problem(state, allowed));
      }
    }
    return problems;
  }

  private static boolean hasState(OperatorState state) {
    return state.coordinator() != null
        || state.subtasks().values().stream().anyMatch(subtask -> !subtask.isEmpty());
  }

  private static RestoreProblem problem(OperatorState state, boolean allowed) {
    String what =
        "The snapshot has state of "
            + OperatorNames.of(state)
            + describe(state)
            + ", "
            + state.sizeBytes()
            + " bytes, but the job has no such operator";
    if (allowed) {
      return new RestoreProblem(
          RestoreProblem.Kind.DROPPED_STATE, state.id(), what + ": it is left behind, as allowed.");
    }
    String why =
        state.uid() == null
            ? ". Without a uid an operator is known by its place in the graph, which has changed. Give every operator with state a uid;"
            : ". Give an operator this uid again;";
    return new RestoreProblem(
        RestoreProblem.Kind.UNCLAIMED_STATE,
        state.id(),
        what
            + why
            + " or set execution.state-recovery.ignore-unclaimed-state to true to leave the state behind.");
  }

  private static String describe(OperatorState state) {
    Set<String> names = new TreeSet<>();
    for (SubtaskState subtask : state.subtasks().values()) {
      for (KeyedStateHandle handle : subtask.keyed()) {
        handle.states().forEach(described -> names.add(described.name()));
      }
      for (OperatorStateHandle handle : subtask.operator()) {
        handle.states().forEach(part -> names.add(part.state().name()));
      }
    }
    return names.isEmpty() ? "" : ", states " + String.join(", ", names);
  }
}
