package io.weir.snapshot;

import java.util.Arrays;
import java.util.List;

/**
 * The operator state of one subtask: lists, and broadcast maps.
 *
 * @param data the bytes of all its states
 */
public record OperatorStateHandle(List<Partitioned> states, StateHandle data) {
  public OperatorStateHandle {
    states = List.copyOf(states);
  }

  /**
   * One state and where its elements begin in the data: one offset an element of a list, one for a
   * whole broadcast map.
   *
   * @param offsets in bytes, ascending
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by content
  public record Partitioned(StateDescription state, long[] offsets) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Partitioned that
          && state.equals(that.state)
          && Arrays.equals(offsets, that.offsets);
    }

    @Override
    public int hashCode() {
      return 31 * state.hashCode() + Arrays.hashCode(offsets);
    }
  }
}
