package io.weir.checkpoint;

import io.weir.snapshot.CheckpointType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which completed snapshots are kept to restore from: the newest {@code numRetained} checkpoints,
 * those that are younger than {@code retainForMillis}, and any other snapshot that is not older
 * than these.
 *
 * @param retainForMillis 0 if only the number counts
 * @param snapshots oldest first
 */
public record Retention(int numRetained, long retainForMillis, List<CompletedSnapshot> snapshots) {

  public Retention {
    if (numRetained < 1) {
      throw new IllegalArgumentException(
          "at least one checkpoint must be retained, not " + numRetained);
    }
    snapshots =
        snapshots.stream()
            .sorted(Comparator.comparingLong(CompletedSnapshot::checkpointId))
            .toList();
  }

  /**
   * What becomes of it when a snapshot is added.
   *
   * @param subsumed checkpoints to remove, oldest first
   */
  public record Change(Retention retention, List<Long> subsumed) {}

  /** Adds a snapshot that has just been completed. */
  public Change add(CompletedSnapshot completed, long nowMillis) {
    List<CompletedSnapshot> all = new ArrayList<>(snapshots);
    all.add(completed);
    all.sort(Comparator.comparingLong(CompletedSnapshot::checkpointId));
    List<CompletedSnapshot> checkpoints =
        all.stream().filter(CompletedSnapshot::subsumable).toList();
    int surplus = checkpoints.size() - numRetained;
    if (surplus < 0) {
      return new Change(with(all), List.of());
    }
    List<Long> subsumed =
        checkpoints.subList(0, surplus).stream()
            .takeWhile(each -> nowMillis - each.completedMillis() >= retainForMillis)
            .map(CompletedSnapshot::checkpointId)
            .toList();
    long oldestKept = checkpoints.get(subsumed.size()).checkpointId();
    all.removeIf(snapshot -> snapshot.checkpointId() < oldestKept);
    return new Change(with(all), subsumed);
  }

  private Retention with(List<CompletedSnapshot> kept) {
    return new Retention(numRetained, retainForMillis, kept);
  }

  /**
   * What a checkpoint that is asked for becomes: one right behind a snapshot that is not the job's
   * to keep shares no files with it.
   */
  CheckpointType shareable(CheckpointType asked) {
    boolean isBehindForeign =
        !snapshots.isEmpty() && !snapshots.get(snapshots.size() - 1).subsumable();
    return asked == CheckpointType.CHECKPOINT && isBehindForeign
        ? CheckpointType.FULL_CHECKPOINT
        : asked;
  }

  /** Whether nothing newer has been completed. */
  boolean isNewest(long checkpointId) {
    return snapshots.isEmpty()
        || snapshots.get(snapshots.size() - 1).checkpointId() <= checkpointId;
  }
}
