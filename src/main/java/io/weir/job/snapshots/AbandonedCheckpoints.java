package io.weir.job.snapshots;

import io.weir.job.history.CheckpointRecord;
import io.weir.job.history.CheckpointStatus;
import io.weir.job.surroundings.Actor;
import io.weir.job.surroundings.CatalogException;
import io.weir.job.surroundings.JobCatalog;
import io.weir.job.surroundings.JobSurroundings;
import io.weir.storage.CheckpointLocation;
import io.weir.storage.CheckpointStorage;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives up the checkpoints of one job that came to nothing: notes each at once, then removes what
 * has been written for it. What fails is tried again after a pause that grows as long as it fails,
 * whatever number is left. Safe for use by several threads; does not block.
 */
public final class AbandonedCheckpoints {
  private static final Logger LOG = LoggerFactory.getLogger(AbandonedCheckpoints.class);

  static final long SHORTEST_PAUSE_MILLIS = 1_000;
  static final long LONGEST_PAUSE_MILLIS = 60_000;

  /** More than so many wait for the job's next start, which removes what it finds, too. */
  static final int MAX_LEFT = 1_000;

  /** What is to be done for one checkpoint. May be repeated. */
  private interface Clearance {
    void run() throws IOException, CatalogException;
  }

  private record Left(long checkpointId, Clearance clearance) {}

  private final String jobName;
  private final JobSurroundings surroundings;
  private final CheckpointStorage storage;

  /** Owns what follows; may wait for storage and catalog. */
  private final Actor cleaner;

  private final Deque<Left> left = new ArrayDeque<>();
  private long pauseMillis = SHORTEST_PAUSE_MILLIS;
  private boolean isPausing;

  public AbandonedCheckpoints(
      String jobName, JobSurroundings surroundings, CheckpointStorage storage) {
    this.jobName = jobName;
    this.surroundings = surroundings;
    this.storage = storage;
    this.cleaner =
        new Actor(
            surroundings.blocking(),
            e -> LOG.error("Job '{}': giving up a checkpoint has failed", jobName, e));
  }

  /**
   * A checkpoint has been aborted.
   *
   * @param mayHaveFiles whether its directory was this server's to write to
   */
  public void add(CheckpointLocation location, boolean mayHaveFiles, CheckpointRecord failed) {
    clear(failed.id(), () -> abandon(location, mayHaveFiles, failed));
  }

  /** Something has been written for a checkpoint that had been given up before. */
  public void late(long checkpointId) {
    clear(checkpointId, () -> storage.discard(checkpointId));
  }

  private void abandon(CheckpointLocation location, boolean mayHaveFiles, CheckpointRecord failed)
      throws IOException, CatalogException {
    JobCatalog catalog = surroundings.catalog();
    if (!mayHaveFiles) {
      CheckpointStatus unused = catalog.checkpointFailed(failed.discarded());
    } else if (catalog.checkpointFailed(failed) == CheckpointStatus.FAILED) {
      location.discard();
      catalog.checkpointDiscarded(failed.job(), failed.id());
    }
  }

  /** The first time none waits for another: a storage that hangs must not keep failures back. */
  private void clear(long checkpointId, Clearance clearance) {
    Left added = new Left(checkpointId, clearance);
    surroundings
        .blocking()
        .execute(
            () -> {
              if (!isCleared(added)) {
                cleaner.tell(() -> keep(added));
              }
            });
  }

  private boolean isCleared(Left each) {
    try {
      each.clearance().run();
      return true;
    } catch (IOException | CatalogException e) {
      LOG.warn(
          "What is left of checkpoint {} of job '{}' could not be removed; it is tried again later, and when the job starts the next time: {}",
          each.checkpointId(),
          jobName,
          e.getMessage());
      return false;
    }
  }

  private void keep(Left failed) {
    if (left.size() < MAX_LEFT) {
      left.add(failed);
      pause();
    }
  }

  private void pause() {
    if (!isPausing) {
      isPausing = true;
      surroundings
          .timers()
          .callAt(surroundings.clock().nowMillis() + pauseMillis, () -> cleaner.tell(this::goOn));
    }
  }

  private void goOn() {
    isPausing = false;
    while (!left.isEmpty()) {
      if (!isCleared(left.peek())) {
        // one that cannot be removed must not keep back the others for ever
        left.add(left.remove());
        pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
        pause();
        return;
      }
      left.remove();
    }
    pauseMillis = SHORTEST_PAUSE_MILLIS;
  }
}
