package io.weir.state;

import io.weir.snapshot.StateDescription;

/**
 * A keyed state as it stands in a snapshot, not yet decoded.
 *
 * @param blocks in ascending order of their key groups; may be gone through again
 */
public record RestoredState(StateDescription description, Iterable<RestoredBlock> blocks) {}
