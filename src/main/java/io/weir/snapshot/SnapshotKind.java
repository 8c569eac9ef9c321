package io.weir.snapshot;

/** Who a snapshot belongs to. */
public enum SnapshotKind {
  /** Taken by the coordinator, owned and removed by it. */
  CHECKPOINT,
  /** Taken for a user, who owns it. */
  SAVEPOINT
}
