package io.weir.snapshot;

import java.util.List;

/** The keyed state of one operator in one subtask, as it stands in a snapshot. */
public sealed interface KeyedStateHandle permits CanonicalKeyedState, DatabaseKeyedState {

  /** The key groups in it. */
  KeyGroupRange range();

  /** The states in it. */
  List<StateDescription> states();

  /** Where all its bytes are. */
  List<StateHandle> pieces();

  /** How many bytes of state it stands for. */
  default long sizeBytes() {
    long size = 0;
    for (StateHandle piece : pieces()) {
      size += piece.sizeBytes();
    }
    return size;
  }
}
