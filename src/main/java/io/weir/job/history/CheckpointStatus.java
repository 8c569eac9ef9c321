package io.weir.job.history;

/** How far a checkpoint or savepoint has come. */
public enum CheckpointStatus {
  IN_PROGRESS,
  COMPLETED,
  FAILED
}
