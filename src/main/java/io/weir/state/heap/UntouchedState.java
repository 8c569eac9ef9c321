package io.weir.state.heap;

import io.weir.snapshot.StateDescription;
import io.weir.state.KeyedSnapshotWriter;
import io.weir.state.RestoredBlock;
import io.weir.state.RestoredState;
import java.io.IOException;
import java.util.Iterator;

/** A restored state that nobody has asked for, on its way into the next snapshot. */
final class UntouchedState implements FrozenState {
  private final RestoredState state;
  private final int firstKeyGroup;

  /** Those that have not been written. */
  private final Iterator<RestoredBlock> blocks;

  /** The first of them, or null. */
  private RestoredBlock next;

  UntouchedState(RestoredState state, int firstKeyGroup) {
    this.state = state;
    this.firstKeyGroup = firstKeyGroup;
    this.blocks = state.blocks().iterator();
    advance();
  }

  @Override
  public StateDescription description() {
    return state.description();
  }

  @Override
  public boolean isEmpty() {
    return next == null;
  }

  @Override
  public void write(int group, KeyedSnapshotWriter target) throws IOException {
    while (next != null && next.keyGroup() == firstKeyGroup + group) {
      target.writeBlock(next);
      advance();
    }
  }

  private void advance() {
    next = blocks.hasNext() ? blocks.next() : null;
  }
}
