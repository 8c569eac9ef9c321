package io.weir.inspect;

import io.weir.snapshot.ChannelStateHandle;
import io.weir.snapshot.KeyedStateHandle;
import io.weir.snapshot.OperatorState;
import io.weir.snapshot.OperatorStateHandle;
import io.weir.snapshot.SnapshotMetadata;
import io.weir.snapshot.StateDescription;
import io.weir.snapshot.SubtaskState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is in a snapshot, as its metadata alone tells it.
 *
 * <p>Immutable.
 */
public record SnapshotContents(SnapshotMetadata metadata, List<Operator> operators) {

  /**
   * An operator with its states.
   *
   * @param keyedBytes of its keyed states and timers together
   * @param operatorBytes of its lists and broadcast maps together
   * @param inFlightBytes of records that were in flight to it
   */
  public record Operator(
      OperatorState state,
      long keyedBytes,
      long operatorBytes,
      long inFlightBytes,
      List<State> states) {
    public Operator {
      states = List.copyOf(states);
    }
  }

  /**
   * A state.
   *
   * @param description its kind and types; the first, if subtasks have written it with several
   * @param subtasks in how many subtasks there is something of it
   * @param elements how many elements it has, or maps; -1 for keyed state, which only reading can
   *     tell
   */
  public record State(StateDescription description, int subtasks, long elements) {}

  public SnapshotContents {
    operators = List.copyOf(operators);
  }

  static SnapshotContents of(SnapshotMetadata metadata) {
    return new SnapshotContents(
        metadata, metadata.operators().stream().map(SnapshotContents::of).toList());
  }

  private static Operator of(OperatorState operator) {
    long keyedBytes = 0;
    long operatorBytes = 0;
    long inFlightBytes = 0;
    Map<String, State> states = new LinkedHashMap<>();
    for (SubtaskState subtask : operator.subtasks().values()) {
      for (KeyedStateHandle handle : subtask.keyed()) {
        keyedBytes += handle.sizeBytes();
        handle.states().forEach(state -> add(states, state, -1));
      }
      for (OperatorStateHandle handle : subtask.operator()) {
        operatorBytes += handle.data().sizeBytes();
        handle.states().forEach(each -> add(states, each.state(), each.offsets().length));
      }
      for (ChannelStateHandle handle : subtask.channels()) {
        inFlightBytes += handle.data().sizeBytes();
      }
    }
    return new Operator(
        operator, keyedBytes, operatorBytes, inFlightBytes, new ArrayList<>(states.values()));
  }

  private static void add(Map<String, State> states, StateDescription description, long elements) {
    states.merge(
        (description.kind().isKeyed() ? "keyed " : "operator ") + description.name(),
        new State(description, 1, elements),
        (a, b) ->
            new State(
                a.description(),
                a.subtasks() + 1,
                a.elements() < 0 ? -1 : a.elements() + b.elements()));
  }
}
