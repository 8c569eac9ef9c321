package io.weir.snapshot;

/** How the state in a snapshot is written. */
public enum SnapshotFormat {
  /** One format for all state backends: any of them restores from it. */
  CANONICAL,
  /** That of the state backend which has written it. */
  NATIVE
}
