package io.weir.state;

/**
 * Some entries of one state in one key group, as they stand in a snapshot.
 *
 * @param entries how many
 * @param bytes not copied; must not be changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record RestoredBlock(int keyGroup, int entries, byte[] bytes) {}
