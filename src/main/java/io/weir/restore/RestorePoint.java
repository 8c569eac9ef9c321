package io.weir.restore;

import io.weir.snapshot.SnapshotKind;

/**
 * A snapshot that a job could be restored from.
 *
 * @param path where it is
 * @param timestampMillis when it was triggered, milliseconds since the epoch
 * @param damage why it cannot be used, as a clause; null as far as is known it can
 */
public record RestorePoint(
    long checkpointId, String path, long timestampMillis, SnapshotKind kind, String damage) {

  /** This one, known to be unusable. */
  public RestorePoint damaged(String why) {
    return new RestorePoint(checkpointId, path, timestampMillis, kind, why);
  }
}
