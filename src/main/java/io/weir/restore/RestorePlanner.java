package io.weir.restore;

import io.weir.snapshot.ChannelStateHandle;
import io.weir.snapshot.KeyedStateHandle;
import io.weir.snapshot.OperatorId;
import io.weir.snapshot.OperatorState;
import io.weir.snapshot.OperatorStateHandle;
import io.weir.snapshot.SnapshotMetadata;
import io.weir.snapshot.SubtaskState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Spreads the state of a snapshot over the subtasks of a job. */
public final class RestorePlanner {
  private RestorePlanner() {}

  /**
   * The plan of a restore.
   *
   * @param targets all operators of the job
   * @param allowNonRestoredState whether state that no operator takes may be left behind
   */
  public static RestorePlan plan(
      SnapshotMetadata snapshot, Collection<RestoreTarget> targets, boolean allowNonRestoredState) {
    Map<OperatorId, OperatorState> old = new HashMap<>();
    snapshot.operators().forEach(state -> old.put(state.id(), state));

    List<RestoreProblem> problems =
        new ArrayList<>(UnclaimedState.check(snapshot, targets, allowNonRestoredState));
    for (RestoreTarget target : targets) {
      problems.addAll(BackendCheck.check(old.get(target.id()), target));
      problems.addAll(KeyGroupCheck.check(old.get(target.id()), target));
      problems.addAll(InFlightCheck.check(old.get(target.id()), target));
    }
    problems.addAll(FinishedOperators.check(old, targets));

    SortedMap<OperatorId, OperatorRestore> operators = new TreeMap<>();
    if (problems.stream().noneMatch(problem -> problem.kind().isRefusing())) {
      for (RestoreTarget target : targets) {
        operators.put(target.id(), restore(old.get(target.id()), target));
      }
    }
    return new RestorePlan(snapshot.checkpointId(), operators, problems);
  }

  private static OperatorRestore restore(OperatorState old, RestoreTarget target) {
    if (old == null || old.isFullyFinished()) {
      return OperatorRestore.empty(target, old != null);
    }
    List<List<KeyedStateHandle>> keyed = KeyedStateAssignment.assign(old, target);
    List<List<OperatorStateHandle>> operator =
        OperatorStateAssignment.assign(old, target.parallelism());
    List<List<ChannelStateHandle>> channels = ChannelStateAssignment.assign(old, target);
    List<SubtaskState> subtasks = new ArrayList<>();
    for (int subtask = 0; subtask < target.parallelism(); subtask++) {
      subtasks.add(
          new SubtaskState(keyed.get(subtask), operator.get(subtask), channels.get(subtask)));
    }
    return new OperatorRestore(target, subtasks, old.coordinator(), false);
  }
}
