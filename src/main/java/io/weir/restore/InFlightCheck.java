package io.weir.restore;

import io.weir.snapshot.ChannelStateHandle.Segment;
import io.weir.snapshot.OperatorState;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Records that were in flight can only be put back into the edge that they came from, since another
 * one might spread them otherwise.
 */
final class InFlightCheck {
  private InFlightCheck() {}

  /**
   * What stands against a restore of one operator.
   *
   * @param old null if it has no state in the snapshot
   */
  static List<RestoreProblem> check(OperatorState old, RestoreTarget target) {
    if (old == null) {
      return List.of();
    }
    Set<RestoreTarget.Edge> lost = new LinkedHashSet<>();
    old.subtasks().values().stream()
        .flatMap(subtask -> subtask.channels().stream())
        .flatMap(handle -> handle.segments().stream())
        .filter(segment -> !isThere(segment, target))
        .forEach(
            segment -> lost.add(new RestoreTarget.Edge(segment.producer(), segment.mapping())));
    return lost.stream().map(edge -> problem(edge, target)).toList();
  }

  private static boolean isThere(Segment segment, RestoreTarget target) {
    return segment.edge() >= 0
        && segment.edge() < target.edges().size()
        && target
            .edges()
            .get(segment.edge())
            .equals(new RestoreTarget.Edge(segment.producer(), segment.mapping()));
  }

  private static RestoreProblem problem(RestoreTarget.Edge edge, RestoreTarget target) {
    return new RestoreProblem(
        RestoreProblem.Kind.IN_FLIGHT,
        target.id(),
        "Records from operator "
            + edge.producer()
            + " were in flight to "
            + OperatorNames.of(target)
            + " when the checkpoint was taken, spread by "
            + edge.mapping()
            + ", but the job has no such edge. Restore the job as it was, stop it with a savepoint,"
            + " which holds no records in flight, and restore the changed job from that.");
  }
}
