package io.weir.job.checkpoints;

import io.weir.job.history.Ownership;

/**
 * A savepoint that is to be taken.
 *
 * @param directory in which it gets a directory of its own
 * @param ownership who removes it
 * @param label what it is called, or null
 */
public record RequestedSavepoint(String directory, Ownership ownership, String label) {}
