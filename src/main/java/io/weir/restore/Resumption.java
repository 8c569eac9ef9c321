package io.weir.restore;

import io.weir.config.StartFrom;
import io.weir.snapshot.SnapshotKind;
import java.util.List;
import java.util.OptionalInt;

/**
 * What a new run of a job goes on with.
 *
 * @param run which of the earlier runs, counted from the newest; empty for a fresh start
 * @param points of that run: the newest one that can be used is restored
 * @param reason one sentence: why these
 */
public record Resumption(OptionalInt run, List<RestorePoint> points, String reason) {
  public Resumption {
    points = List.copyOf(points);
  }

  /**
   * Chooses the newest run that has left something. A run that came to its own end, or that was
   * itself to begin with nothing, and has left nothing, closes what was before it: nobody wants to
   * go back behind it.
   *
   * @param newestFirst the earlier runs
   * @param from not {@link StartFrom#PATH}
   */
  public static Resumption choose(List<PreviousRun> newestFirst, StartFrom from) {
    if (from == StartFrom.NOTHING) {
      return fresh("It was asked to begin with nothing.");
    }
    for (int i = 0; i < newestFirst.size(); i++) {
      PreviousRun run = newestFirst.get(i);
      List<RestorePoint> points =
          run.points().stream().filter(point -> isWanted(point, from)).toList();
      if (!points.isEmpty()) {
        return new Resumption(
            OptionalInt.of(i), points, "It goes on from " + run.description() + ".");
      }
      if (run.points().isEmpty() && (run.isFinished() || run.beganWithNothing())) {
        return fresh(
            run.description()
                + (run.isFinished() ? " came to its end" : " began with nothing")
                + " and has left nothing.");
      }
    }
    return fresh(
        newestFirst.isEmpty() ? "It is the first run." : "No earlier run has left anything.");
  }

  private static Resumption fresh(String reason) {
    return new Resumption(OptionalInt.empty(), List.of(), reason);
  }

  private static boolean isWanted(RestorePoint point, StartFrom from) {
    return switch (from) {
      case LATEST_CHECKPOINT -> point.kind() == SnapshotKind.CHECKPOINT;
      case LATEST_SAVEPOINT -> point.kind() == SnapshotKind.SAVEPOINT;
      default -> true;
    };
  }
}
