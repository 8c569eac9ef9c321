package io.weir.checkpoint;

/**
 * A completed checkpoint or savepoint that the job could be restored from.
 *
 * @param subsumable whether it is ours to remove; false for savepoints, and for what was restored
 *     without claiming it
 * @param completedMillis milliseconds since the epoch
 */
public record CompletedSnapshot(long checkpointId, boolean subsumable, long completedMillis) {}
