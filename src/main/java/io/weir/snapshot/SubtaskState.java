package io.weir.snapshot;

import java.util.List;

/**
 * The state of one operator in one subtask. In a snapshot each list has at most one element; what a
 * subtask is given to restore may have several, from several old subtasks.
 */
public record SubtaskState(List<KeyedStateHandle> keyed, List<OperatorStateHandle> operator) {
  /** No state. */
  public static final SubtaskState EMPTY = new SubtaskState(List.of(), List.of());

  public SubtaskState {
    keyed = List.copyOf(keyed);
    operator = List.copyOf(operator);
  }

  public boolean isEmpty() {
    return keyed.isEmpty() && operator.isEmpty();
  }

  /** Bytes of state in all its handles. */
  public long sizeBytes() {
    long size = 0;
    for (KeyedStateHandle handle : keyed) {
      size += handle.sizeBytes();
    }
    for (OperatorStateHandle handle : operator) {
      size += handle.data().sizeBytes();
    }
    return size;
  }
}
