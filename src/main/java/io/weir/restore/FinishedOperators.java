package io.weir.restore;

import io.weir.snapshot.OperatorId;
import io.weir.snapshot.OperatorState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * An operator all of whose subtasks had finished does not run again, so nothing that does run may
 * send it records or share its tasks. An operator that had finished in some subtasks only runs
 * again in all of them; but then whatever feeds it must have begun to finish too.
 */
final class FinishedOperators {
  private final Map<OperatorId, OperatorState> old;
  private final Map<OperatorId, RestoreTarget> targets = new HashMap<>();
  private final List<RestoreProblem> problems = new ArrayList<>();

  /** How much of an operator had finished; in ascending order. */
  private enum Progress {
    RUNNING,
    PARTLY_FINISHED,
    FINISHED
  }

  private FinishedOperators(Map<OperatorId, OperatorState> old) {
    this.old = old;
  }

  static List<RestoreProblem> check(
      Map<OperatorId, OperatorState> old, Collection<RestoreTarget> targets) {
    FinishedOperators check = new FinishedOperators(old);
    targets.forEach(target -> check.targets.put(target.id(), target));
    for (RestoreTarget target : targets) {
      check.checkInputs(target);
      check.checkChain(target);
    }
    return check.problems;
  }

  private void checkInputs(RestoreTarget target) {
    Progress progress = progressOf(target.id());
    for (OperatorId id : new TreeSet<>(target.inputs())) {
      if (progressOf(id).compareTo(progress) < 0) {
        RestoreTarget input = targets.get(id);
        String extent =
            progress == Progress.FINISHED ? "had finished" : "had finished in some of its subtasks";
        refuse(
            target,
            "The "
                + OperatorNames.of(target)
                + " "
                + extent
                + " when the snapshot was taken, but the "
                + (input == null ? "operator " + id : OperatorNames.of(input))
                + " that feeds it would run and send it records.");
      }
    }
  }

  private void checkChain(RestoreTarget target) {
    if (progressOf(target.id()) != Progress.FINISHED) {
      return;
    }
    for (RestoreTarget other : targets.values()) {
      if (other.vertex().equals(target.vertex()) && progressOf(other.id()) != Progress.FINISHED) {
        refuse(
            target,
            "The "
                + OperatorNames.of(target)
                + " had finished when the snapshot was taken, but the "
                + OperatorNames.of(other)
                + " in the same chain would run.");
        return;
      }
    }
  }

  private Progress progressOf(OperatorId id) {
    OperatorState state = old.get(id);
    if (state == null || state.finishedSubtasks().isEmpty()) {
      return Progress.RUNNING;
    }
    return state.isFullyFinished() ? Progress.FINISHED : Progress.PARTLY_FINISHED;
  }

  private void refuse(RestoreTarget target, String what) {
    problems.add(
        new RestoreProblem(
            RestoreProblem.Kind.FINISHED_OPERATOR,
            target.id(),
            what
                + " Leave the graph in front of a finished operator as it was, or give the operator another uid so that it starts anew."));
  }
}
