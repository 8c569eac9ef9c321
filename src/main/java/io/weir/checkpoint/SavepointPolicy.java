package io.weir.checkpoint;

import io.weir.config.CronExpression;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * When a job takes a savepoint by itself, and which of these are removed again: those behind which
 * there are {@code numRetained} newer ones, and that are not younger than {@code retainForMillis}.
 *
 * @param zone that the schedule is meant in
 * @param numRetained at least 1, so that the newest one that can be restored always stays
 * @param retainForMillis 0 if only the number counts
 */
public record SavepointPolicy(
    CronExpression schedule, ZoneId zone, int numRetained, long retainForMillis) {
  private static final Comparator<Taken> NEWEST_FIRST =
      Comparator.comparingLong(Taken::takenMillis).thenComparing(Taken::path).reversed();

  public SavepointPolicy {
    if (numRetained < 1) {
      throw new IllegalArgumentException(
          "at least one savepoint must be retained, not " + numRetained);
    }
  }

  /**
   * A savepoint that was taken by the policy, and is there.
   *
   * @param takenMillis milliseconds since the epoch
   * @param isDamaged whether it is known that it cannot be restored
   * @param isNeeded whether a job may have to go back to it, or its user wants to keep it
   */
  public record Taken(String path, long takenMillis, boolean isDamaged, boolean isNeeded) {}

  /**
   * When the next one is due: the first time of the schedule behind the last one. If that has
   * passed it is due now, and so several that have passed are made up for with one.
   *
   * @param lastMillis when the last one was tried, whatever has come of it; of a job that never
   *     has, when it was submitted
   */
  public long dueMillis(long lastMillis, long nowMillis) {
    // behind a clock that has been put back there would be none for long
    Instant last = Instant.ofEpochMilli(Math.min(lastMillis, nowMillis));
    return schedule.next(last.atZone(zone)).toInstant().toEpochMilli();
  }

  /** The paths of those that are to be removed, oldest first. */
  public List<String> surplus(Collection<Taken> taken, long nowMillis) {
    List<Taken> kept =
        taken.stream()
            .filter(each -> !each.isDamaged())
            .sorted(NEWEST_FIRST)
            .limit(numRetained)
            .toList();
    if (kept.size() < numRetained) {
      return List.of();
    }
    Taken oldestKept = kept.get(numRetained - 1);
    return taken.stream()
        .filter(each -> NEWEST_FIRST.compare(each, oldestKept) > 0)
        .filter(each -> nowMillis - each.takenMillis() >= retainForMillis && !each.isNeeded())
        .sorted(NEWEST_FIRST.reversed())
        .map(Taken::path)
        .toList();
  }
}
