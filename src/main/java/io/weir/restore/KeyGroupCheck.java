package io.weir.restore;

import io.weir.snapshot.OperatorState;
import io.weir.snapshot.RescaleMapping;
import io.weir.snapshot.SubtaskState;
import java.util.List;

/**
 * Keyed state is stored by key group, and which key is in which group depends on the maximum
 * parallelism: it cannot change.
 */
final class KeyGroupCheck {
  private KeyGroupCheck() {}

  /**
   * What stands against a restore of one operator.
   *
   * @param old null if it has no state in the snapshot
   */
  static List<RestoreProblem> check(OperatorState old, RestoreTarget target) {
    if (old == null || old.maxParallelism() == target.maxParallelism() || !hasKeyGroups(old)) {
      return List.of();
    }
    String message =
        "The keyed state of "
            + OperatorNames.of(target)
            + " was stored with a maximum parallelism of "
            + old.maxParallelism()
            + ", but the job has "
            + target.maxParallelism()
            + "; keys are spread over storage by this number, so it cannot change. "
            + (target.parallelism() <= old.maxParallelism()
                ? "Call setMaxParallelism(" + old.maxParallelism() + ") on the operator."
                : "Call setMaxParallelism("
                    + old.maxParallelism()
                    + ") on the operator and lower its parallelism of "
                    + target.parallelism()
                    + " to at most that.");
    return List.of(new RestoreProblem(RestoreProblem.Kind.MAX_PARALLELISM, target.id(), message));
  }

  private static boolean hasKeyGroups(OperatorState old) {
    return old.subtasks().values().stream()
        .anyMatch(subtask -> !subtask.keyed().isEmpty() || hasKeyedRecords(subtask));
  }

  private static boolean hasKeyedRecords(SubtaskState subtask) {
    return subtask.channels().stream()
        .flatMap(handle -> handle.segments().stream())
        .anyMatch(segment -> segment.mapping() == RescaleMapping.RANGE);
  }
}
