package io.weir.job.snapshots;

import io.weir.storage.CheckpointStorage;
import io.weir.storage.Orphan;
import java.util.List;

/**
 * What belongs to nothing in the directories of checkpoints.
 *
 * @param notes what could not be searched or was left alone, and why, for people
 */
public record OrphanReport(List<Found> found, List<String> notes) {

  /**
   * A checkpoint's directory or a shared file.
   *
   * @param location its URI
   * @param why it counts as an orphan
   */
  public record Found(
      CheckpointStorage storage, String jobName, String location, Orphan orphan, String why) {}

  public OrphanReport {
    found = List.copyOf(found);
    notes = List.copyOf(notes);
  }

  /** Of all that was found. */
  public long sizeBytes() {
    return found.stream().mapToLong(each -> each.orphan().sizeBytes()).sum();
  }
}
