package io.weir.job.checkpoints;

/**
 * A checkpoint or savepoint that was asked for and is complete.
 *
 * @param path the URI of its directory
 */
public record TakenCheckpoint(long checkpointId, String path) {}
