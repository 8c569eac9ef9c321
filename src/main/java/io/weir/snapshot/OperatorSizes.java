package io.weir.snapshot;

import java.util.List;
import java.util.stream.Stream;

/**
 * How large an operator is in a snapshot, in one subtask or in all of them, and what that consists
 * of: its states, records in flight, the state of its coordinator, and the rest.
 *
 * @param writtenBytes that its subtasks have written for this snapshot
 * @param fullBytes that a restore reads
 * @param inFlightBytes of records in flight, which belong to channels and to no state; written anew
 *     for each snapshot, and contained in both
 * @param coordinatorBytes of its coordinator; they stand in the metadata, and are contained in the
 *     full size only
 */
public record OperatorSizes(
    long writtenBytes,
    long fullBytes,
    long inFlightBytes,
    long coordinatorBytes,
    List<StateSize> states) {
  /** Nothing. */
  public static final OperatorSizes NONE = new OperatorSizes(0, 0, 0, 0, List.of());

  public OperatorSizes {
    states = List.copyOf(states);
  }

  /** What one subtask has written. */
  public static OperatorSizes of(SubtaskState state, long writtenBytes, List<StateSize> states) {
    return new OperatorSizes(writtenBytes, state.sizeBytes(), state.channelBytes(), 0, states);
  }

  /** Together with another subtask. */
  public OperatorSizes plus(OperatorSizes other) {
    return new OperatorSizes(
        writtenBytes + other.writtenBytes,
        fullBytes + other.fullBytes,
        inFlightBytes + other.inFlightBytes,
        coordinatorBytes + other.coordinatorBytes,
        StateSize.sums(Stream.concat(states.stream(), other.states.stream()).toList()));
  }

  /** Together with its coordinator. */
  public OperatorSizes withCoordinator(long bytes) {
    return plus(new OperatorSizes(0, bytes, 0, bytes, List.of()));
  }

  /** The same, of which it is not known what it consists of. */
  public OperatorSizes withoutStates() {
    return new OperatorSizes(writtenBytes, fullBytes, inFlightBytes, coordinatorBytes, List.of());
  }

  /**
   * What was written that is of no state alone: a database's list of its files, the ends of key
   * groups.
   */
  public long otherWrittenBytes() {
    return writtenBytes - inFlightBytes - states.stream().mapToLong(StateSize::writtenBytes).sum();
  }

  /** What a restore reads that is of no state alone. */
  public long otherFullBytes() {
    return fullBytes
        - inFlightBytes
        - coordinatorBytes
        - states.stream().mapToLong(StateSize::fullBytes).sum();
  }
}
