package io.weir.checkpoint;

import java.util.HashSet;
import java.util.Set;

/**
 * Counts checkpoints that failed in a row, each at most once, and only for reasons that count.
 *
 * @param tolerable how many may fail
 * @param lastSucceeded the newest completed checkpoint; failures of older ones do not count any
 *     more
 * @param failed those that failed since then; never more than {@code tolerable} + 1
 */
public record FailureCounter(int tolerable, long lastSucceeded, Set<Long> failed) {

  public FailureCounter {
    failed = Set.copyOf(failed);
  }

  static FailureCounter tolerating(int failures) {
    return new FailureCounter(failures, Long.MIN_VALUE, Set.of());
  }

  FailureCounter failed(long checkpointId, FailureReason reason) {
    if (!reason.isCounted()
        || checkpointId < lastSucceeded
        || tolerable == CheckpointSettings.UNLIMITED_FAILURES) {
      return this;
    }
    Set<Long> more = new HashSet<>(failed);
    more.add(checkpointId);
    return new FailureCounter(tolerable, lastSucceeded, more);
  }

  FailureCounter succeeded(long checkpointId) {
    return checkpointId > lastSucceeded
        ? new FailureCounter(tolerable, checkpointId, Set.of())
        : this;
  }

  boolean isExceeded() {
    return failed.size() > tolerable;
  }

  /** How many have failed in a row; 0 always if any number is tolerated. */
  public int count() {
    return failed.size();
  }

  /** For people: what a failure comes to; empty if the job fails, or it was not counted. */
  public String sentence() {
    if (tolerable == CheckpointSettings.UNLIMITED_FAILURES) {
      return "The job goes on, and the next checkpoint is tried in its turn.";
    }
    return failed.isEmpty()
        ? ""
        : "The job goes on, and the next checkpoint is tried in its turn: "
            + count()
            + (count() == 1 ? " has" : " have")
            + " failed in a row, "
            + tolerable
            + " may.";
  }

  FailureCounter cleared() {
    return new FailureCounter(tolerable, lastSucceeded, Set.of());
  }
}
