package io.weir.state.heap;

import io.weir.snapshot.StateDescription;
import io.weir.state.KeyedSnapshotWriter;
import io.weir.state.RestoredBlock;
import io.weir.state.RestoredState;
import java.io.IOException;
import java.util.List;

/** A restored state that nobody has asked for, on its way into the next snapshot. */
final class UntouchedState implements FrozenState {
  private final RestoredState state;
  private final int firstKeyGroup;

  /** The index of the first block that has not been written. */
  private int next;

  UntouchedState(RestoredState state, int firstKeyGroup) {
    this.state = state;
    this.firstKeyGroup = firstKeyGroup;
  }

  @Override
  public StateDescription description() {
    return state.description();
  }

  @Override
  public boolean isEmpty() {
    return state.blocks().isEmpty();
  }

  @Override
  public void write(int group, KeyedSnapshotWriter target) throws IOException {
    List<RestoredBlock> blocks = state.blocks();
    while (next < blocks.size() && blocks.get(next).keyGroup() == firstKeyGroup + group) {
      target.writeBlock(blocks.get(next));
      next++;
    }
  }
}
