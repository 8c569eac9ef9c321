package io.weir.storage;

/**
 * A file that several pieces of state are being written to, one after the other. Belongs to one
 * thread at a time.
 *
 * @param location its absolute URI
 */
record MergedFile(String location, StorageOutput output) {}
