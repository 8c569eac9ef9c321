package io.weir.api.functions;

/** Which checkpoint a function takes part in. */
public interface FunctionSnapshotContext {
  /** The number of the checkpoint. Numbers grow, also over restarts. */
  long getCheckpointId();

  /** When the checkpoint was triggered, in milliseconds since 1970. */
  long getCheckpointTimestamp();
}
