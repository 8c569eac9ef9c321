package io.weir.storage;

/**
 * A completed checkpoint as it is found in storage.
 *
 * @param path the URI of its directory
 */
public record StoredCheckpoint(long checkpointId, String path) {}
