package io.weir.storage;

/**
 * An object as a listing shows it.
 *
 * @param sizeBytes its length
 * @param modifiedMillis when it was last written, milliseconds since the epoch by the storage's
 *     clock
 */
public record StoredObject(RelativePath path, long sizeBytes, long modifiedMillis) {}
