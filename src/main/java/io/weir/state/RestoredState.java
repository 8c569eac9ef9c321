package io.weir.state;

import io.weir.snapshot.StateDescription;
import java.util.List;

/**
 * A keyed state as it stands in a snapshot, not yet decoded.
 *
 * @param blocks in ascending order of their key groups
 */
public record RestoredState(StateDescription description, List<RestoredBlock> blocks) {
  public RestoredState {
    blocks = List.copyOf(blocks);
  }

  /** The number of entries in all blocks. */
  public long entries() {
    long entries = 0;
    for (RestoredBlock block : blocks) {
      entries += block.entries();
    }
    return entries;
  }
}
