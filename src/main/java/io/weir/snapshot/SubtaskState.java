package io.weir.snapshot;

import java.util.ArrayList;
import java.util.List;

/**
 * The state of one operator in one subtask. In a snapshot each list has at most one element; what a
 * subtask is given to restore may have several, from several old subtasks.
 *
 * @param channels the records that were in flight to the subtask
 */
public record SubtaskState(
    List<KeyedStateHandle> keyed,
    List<OperatorStateHandle> operator,
    List<ChannelStateHandle> channels) {
  /** No state. */
  public static final SubtaskState EMPTY = new SubtaskState(List.of(), List.of());

  public SubtaskState {
    keyed = List.copyOf(keyed);
    operator = List.copyOf(operator);
    channels = List.copyOf(channels);
  }

  /** With nothing in flight. */
  public SubtaskState(List<KeyedStateHandle> keyed, List<OperatorStateHandle> operator) {
    this(keyed, operator, List.of());
  }

  public boolean isEmpty() {
    return keyed.isEmpty() && operator.isEmpty() && channels.isEmpty();
  }

  /** The same without the records in flight. */
  SubtaskState withoutInFlight() {
    return new SubtaskState(keyed, operator);
  }

  /** Where all its bytes are. */
  public List<StateHandle> pieces() {
    List<StateHandle> pieces = new ArrayList<>();
    keyed.forEach(handle -> pieces.addAll(handle.pieces()));
    operator.forEach(handle -> pieces.add(handle.data()));
    channels.forEach(handle -> pieces.add(handle.data()));
    return pieces;
  }

  /** Bytes of state in all its handles. */
  public long sizeBytes() {
    return pieces().stream().mapToLong(StateHandle::sizeBytes).sum();
  }

  /** Bytes of records that were in flight. */
  public long channelBytes() {
    return channels.stream().mapToLong(handle -> handle.data().sizeBytes()).sum();
  }
}
