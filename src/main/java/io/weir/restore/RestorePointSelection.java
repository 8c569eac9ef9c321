package io.weir.restore;

import io.weir.snapshot.SnapshotKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Picks the newest snapshot that can be used. Whether one is damaged is often known only when it is
 * read: mark it as {@link RestorePoint#damaged} then, and ask again.
 */
public final class RestorePointSelection {
  private static final Comparator<RestorePoint> NEWEST_FIRST =
      Comparator.comparingLong(RestorePoint::checkpointId)
          .thenComparingLong(RestorePoint::timestampMillis)
          .reversed();

  private RestorePointSelection() {}

  /** Decides among all snapshots of a job. */
  public static RestoreDecision select(Collection<RestorePoint> points, FallBack fallBack) {
    List<RestorePoint> newestFirst = points.stream().sorted(NEWEST_FIRST).toList();
    List<RestorePoint> skipped =
        newestFirst.stream().takeWhile(point -> point.damage() != null).toList();
    if (newestFirst.isEmpty()) {
      return new RestoreDecision(
          Optional.empty(),
          skipped,
          Duration.ZERO,
          "There is no snapshot: the job starts from its beginning.");
    }
    if (skipped.size() == newestFirst.size()) {
      return new RestoreDecision(Optional.empty(), skipped, Duration.ZERO, noneIsUsable(skipped));
    }
    RestorePoint chosen = newestFirst.get(skipped.size());
    Duration loss =
        Duration.ofMillis(
            Math.max(0, newestFirst.get(0).timestampMillis() - chosen.timestampMillis()));
    if (!skipped.isEmpty() && fallBack.isRefused()) {
      return new RestoreDecision(
          Optional.empty(), skipped, loss, refusal(chosen, skipped, loss, fallBack));
    }
    return new RestoreDecision(
        Optional.of(chosen), skipped, loss, sentence(chosen, skipped, loss, fallBack));
  }

  private static String sentence(
      RestorePoint chosen, List<RestorePoint> skipped, Duration loss, FallBack fallBack) {
    String restoring =
        "Restoring "
            + name(chosen)
            + " of "
            + Instant.ofEpochMilli(chosen.timestampMillis())
            + " from "
            + chosen.path();
    if (skipped.isEmpty()) {
      return restoring + ".";
    }
    return "Unusable: "
        + reasons(skipped)
        + ". "
        + restoring
        + ", which is "
        + inWords(loss)
        + " older: what was processed in that time is processed again"
        + fallBack.repetition()
        + ".";
  }

  private static String refusal(
      RestorePoint next, List<RestorePoint> skipped, Duration loss, FallBack fallBack) {
    return "Unusable: "
        + reasons(skipped)
        + ". The next older one, "
        + name(next)
        + " of "
        + Instant.ofEpochMilli(next.timestampMillis())
        + " at "
        + next.path()
        + ", was not restored: it is "
        + inWords(loss)
        + " older, and the sinks "
        + String.join(", ", fallBack.twoPhaseSinks())
        + " would commit once more what they have committed since ("
        + FallBack.OPTION
        + "=FAIL). Bring back the files of the damaged one and have it verified again, or undo what"
        + " these sinks have committed since and start the job with "
        + FallBack.OPTION
        + "=FALL_BACK.";
  }

  private static String noneIsUsable(List<RestorePoint> skipped) {
    return "No snapshot can be used: "
        + reasons(skipped)
        + ". Nothing was restored. Bring back the files of one of them and have it verified again, or start the job without state if its results may be computed anew.";
  }

  private static String reasons(List<RestorePoint> skipped) {
    return skipped.stream()
        .map(point -> name(point) + " at " + point.path() + " (" + point.damage() + ")")
        .collect(Collectors.joining(", "));
  }

  private static String name(RestorePoint point) {
    return (point.kind() == SnapshotKind.SAVEPOINT ? "savepoint " : "checkpoint ")
        + point.checkpointId();
  }

  private static String inWords(Duration duration) {
    if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
      return duration.toMillis() + " ms";
    }
    StringBuilder words = new StringBuilder();
    append(words, duration.toDays(), " d");
    append(words, duration.toHoursPart(), " h");
    append(words, duration.toMinutesPart(), " min");
    append(words, duration.toSecondsPart(), " s");
    return words.toString();
  }

  private static void append(StringBuilder words, long amount, String unit) {
    if (amount > 0) {
      words.append(words.isEmpty() ? "" : " ").append(amount).append(unit);
    }
  }
}
