package io.weir.storage;

/**
 * Something in storage that nothing refers to.
 *
 * @param path below the root of the checkpoints
 * @param isDirectory whether it is a checkpoint's directory with all that is in it, or a single
 *     file
 * @param sizeBytes of all its files
 * @param modifiedMillis when the youngest of its files was written; 0 if there is none
 */
public record Orphan(RelativePath path, boolean isDirectory, long sizeBytes, long modifiedMillis) {}
