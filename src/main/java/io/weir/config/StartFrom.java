package io.weir.config;

/** With what a new run of a job begins. */
public enum StartFrom {
  /** With the newest checkpoint or savepoint that an earlier run of this name has left. */
  LATEST,
  /** With the newest checkpoint. */
  LATEST_CHECKPOINT,
  /** With the newest savepoint. */
  LATEST_SAVEPOINT,
  /** With the snapshot at the configured path, whatever earlier runs have left. */
  PATH,
  /** Without state, although earlier runs have left some. */
  NOTHING
}
