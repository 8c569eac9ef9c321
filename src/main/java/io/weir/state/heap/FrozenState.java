package io.weir.state.heap;

import io.weir.snapshot.StateDescription;
import io.weir.state.KeyedSnapshotWriter;
import java.io.IOException;

/**
 * The content of one state at the time of a snapshot. Used by the thread that writes the snapshot.
 */
interface FrozenState {

  StateDescription description();

  /** Whether there is anything in any key group. */
  boolean isEmpty();

  /**
   * Writes the entries of one key group.
   *
   * @param group counted from the first key group of the backend
   */
  void write(int group, KeyedSnapshotWriter target) throws IOException;
}
