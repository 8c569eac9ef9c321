package io.weir.state.heap;

import io.weir.snapshot.Compression;
import io.weir.snapshot.KeyGroupRange;
import io.weir.snapshot.KeyedStateHandle;
import io.weir.snapshot.StateDescription;
import io.weir.snapshot.StateWriter;
import io.weir.state.KeyedSnapshotWriter;
import io.weir.state.PendingSnapshot;
import java.io.IOException;
import java.util.List;

/**
 * A backend's tables at the time of a snapshot. One key group is written behind the other, and what
 * has been written is of no interest any more.
 */
final class HeapSnapshot implements PendingSnapshot<KeyedStateHandle> {
  private final KeyGroupRange range;
  private final List<FrozenState> states;
  private final Compression compression;
  private final WritingTurns turns;
  private final Epochs.Lease lease;

  HeapSnapshot(
      KeyGroupRange range,
      List<FrozenState> states,
      Compression compression,
      WritingTurns turns,
      Epochs.Lease lease) {
    this.range = range;
    this.states = states;
    this.compression = compression;
    this.turns = turns;
    this.lease = lease;
  }

  @Override
  public KeyedStateHandle write(StateWriter writer) throws IOException {
    try {
      List<FrozenState> present = states.stream().filter(state -> !state.isEmpty()).toList();
      return present.isEmpty() ? null : write(present, writer);
    } finally {
      lease.release();
    }
  }

  @Override
  public void discard() {
    lease.release();
  }

  private KeyedStateHandle write(List<FrozenState> present, StateWriter writer) throws IOException {
    List<StateDescription> descriptions = present.stream().map(FrozenState::description).toList();
    try (KeyedSnapshotWriter target =
        new KeyedSnapshotWriter(range, descriptions, compression, writer)) {
      boolean hasTurn = turns.begin(writer);
      try {
        writeKeyGroups(present, target);
      } finally {
        if (hasTurn) {
          turns.end();
        }
      }
      // waits for the disk, which others need not wait for
      return target.finish();
    }
  }

  private void writeKeyGroups(List<FrozenState> present, KeyedSnapshotWriter target)
      throws IOException {
    for (int group = 0; group < range.size(); group++) {
      target.beginKeyGroup(range.start() + group);
      for (int index = 0; index < present.size(); index++) {
        target.beginState(index);
        present.get(index).write(group, target);
      }
      lease.release(group);
    }
  }
}
