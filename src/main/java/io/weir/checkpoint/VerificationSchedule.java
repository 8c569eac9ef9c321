package io.weir.checkpoint;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which retained snapshot is to be read in full next, to see whether it is damaged: each that stays
 * once per interval, one that a user has taken at once; of a job's checkpoints that come and go
 * faster than that, the newest once per interval, for reading all of them would cost as much as
 * writing them.
 *
 * @param intervalMillis 0 for never
 */
public record VerificationSchedule(long intervalMillis) {
  private static final Comparator<Retained> LONGEST_UNREAD =
      Comparator.comparingLong(Retained::lastMillis).thenComparing(Retained::path);

  /**
   * A completed snapshot.
   *
   * @param job whose
   * @param comesAndGoes whether its job removes it by itself
   * @param completedMillis milliseconds since the epoch
   * @param verifiedMillis when it was read the last time, or -1
   */
  public record Retained(
      String path,
      String job,
      long checkpointId,
      boolean comesAndGoes,
      long completedMillis,
      long verifiedMillis) {

    /** Since when nobody has looked at it. */
    private long lastMillis() {
      return verifiedMillis < 0 && comesAndGoes ? completedMillis : verifiedMillis;
    }
  }

  /**
   * The one that has not been read for the longest time, if one is due.
   *
   * @param jobVerifiedMillis when one that comes and goes was read the last time, by job; also if
   *     it has gone since
   */
  public Optional<Retained> next(
      Collection<Retained> retained, Map<String, Long> jobVerifiedMillis, long nowMillis) {
    if (intervalMillis == 0) {
      return Optional.empty();
    }
    Map<String, Long> jobMillis = new HashMap<>(jobVerifiedMillis);
    Map<String, Long> newest = new HashMap<>();
    for (Retained each : retained) {
      if (each.comesAndGoes()) {
        jobMillis.merge(each.job(), each.verifiedMillis(), Math::max);
        newest.merge(each.job(), each.checkpointId(), Math::max);
      }
    }
    return retained.stream()
        .filter(
            each ->
                isDue(each.lastMillis(), nowMillis)
                    || (each.comesAndGoes()
                        && each.checkpointId() == newest.get(each.job())
                        && isDue(jobMillis.get(each.job()), nowMillis)))
        .min(LONGEST_UNREAD);
  }

  private boolean isDue(long lastMillis, long nowMillis) {
    return lastMillis < 0 || nowMillis - lastMillis >= intervalMillis;
  }
}
