package io.weir.state;

import io.weir.serial.BinaryOutput;
import io.weir.snapshot.StateDescription;

/**
 * The content of an operator state at the time of a snapshot.
 *
 * @param size the number of its elements
 * @param elements writes one of them; called by the thread that writes the snapshot
 */
record FrozenOperatorState(StateDescription description, int size, ElementWriter elements) {

  /** Writes elements by their index. */
  @FunctionalInterface
  interface ElementWriter {
    void write(int index, BinaryOutput out);
  }
}
