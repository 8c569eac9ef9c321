package io.weir.config;

/** How often a record may count in the state after a recovery. */
public enum CheckpointingMode {
  /** Exactly once: channels wait for each other's barriers, or in-flight records become state. */
  EXACTLY_ONCE,
  /** At least once: no channel waits, so records between barriers may count twice. */
  AT_LEAST_ONCE
}
