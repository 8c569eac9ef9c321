package io.weir.snapshot;

/**
 * Which new subtask may get a record that was in flight when the parallelism changed; it follows
 * from how the edge spreads records.
 */
public enum RescaleMapping {
  /** The owners of the key groups that the old subtask had; each keeps what is its own. */
  RANGE,
  /** Any: the old subtasks are dealt out in turn. */
  ROUND_ROBIN,
  /** The first. */
  FIRST,
  /** Every one, since only the author's function knows; each keeps what is its own. */
  FULL,
  /** None: the order or the copies of the records would be lost, so nothing may be in flight. */
  UNSUPPORTED
}
