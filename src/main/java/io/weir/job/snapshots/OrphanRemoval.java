package io.weir.job.snapshots;

import io.weir.job.surroundings.JobSurroundings;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes orphans one after the other, with a pause behind each, so that checkpoints have the
 * storage for themselves. What cannot be removed is found again the next time.
 */
public final class OrphanRemoval {
  private static final Logger LOG = LoggerFactory.getLogger(OrphanRemoval.class);

  static final long PAUSE_MILLIS = 50;

  private final JobSurroundings surroundings;
  private final List<String> notes;
  private final Deque<OrphanReport.Found> left;
  private final List<OrphanReport.Found> removed = new ArrayList<>();
  private final CompletableFuture<OrphanReport> answer = new CompletableFuture<>();

  private OrphanRemoval(JobSurroundings surroundings, OrphanReport report) {
    this.surroundings = surroundings;
    this.notes = new ArrayList<>(report.notes());
    this.left = new ArrayDeque<>(report.found());
  }

  /**
   * Begins to remove what has been found.
   *
   * @return what was removed in the end
   */
  public static CompletableFuture<OrphanReport> begin(
      JobSurroundings surroundings, OrphanReport report) {
    OrphanRemoval removal = new OrphanRemoval(surroundings, report);
    removal.next();
    return removal.answer;
  }

  /** One step hands over to the next, so no two of them are at work at once. */
  private void next() {
    if (left.isEmpty()) {
      answer.complete(new OrphanReport(removed, notes));
    } else {
      surroundings.blocking().execute(this::remove);
    }
  }

  private void remove() {
    OrphanReport.Found each = left.remove();
    try {
      each.storage().remove(List.of(each.orphan()));
      removed.add(each);
      LOG.info(
          "Removed the orphan {} ({} bytes): {}",
          each.location(),
          each.orphan().sizeBytes(),
          each.why());
    } catch (IOException e) {
      notes.add(each.location() + " could not be removed: " + e.getMessage());
    } catch (RuntimeException e) {
      answer.completeExceptionally(e);
      return;
    }
    surroundings.timers().callAt(surroundings.clock().nowMillis() + PAUSE_MILLIS, this::next);
  }
}
