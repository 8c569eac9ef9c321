package io.weir.engine;

import io.weir.engine.channel.InFlightSnapshot;
import io.weir.snapshot.ChannelStateHandle;
import io.weir.snapshot.CheckpointType;
import io.weir.snapshot.KeyedStateHandle;
import io.weir.snapshot.OperatorId;
import io.weir.snapshot.OperatorSizes;
import io.weir.snapshot.OperatorStateHandle;
import io.weir.snapshot.StateWriter;
import io.weir.snapshot.SubtaskState;
import io.weir.state.PendingSnapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The content of one task's part of a checkpoint, fixed but not yet written. Filled by the task's
 * thread, then owned by the thread that writes it.
 */
final class TaskSnapshot {

  private record Part(
      OperatorId id,
      PendingSnapshot<KeyedStateHandle> keyed,
      PendingSnapshot<OperatorStateHandle> operator) {}

  private final List<Part> parts = new ArrayList<>();

  /** Of the first operator, or null. */
  private InFlightSnapshot inFlight;

  void add(ChainedOperator operator, long checkpointId, CheckpointType type) {
    PendingSnapshot<OperatorStateHandle> operatorState =
        operator.operatorState().snapshot(checkpointId);
    PendingSnapshot<KeyedStateHandle> keyed =
        operator.keyedState() == null ? null : operator.keyedState().snapshot(checkpointId, type);
    add(operator.id(), keyed, operatorState);
  }

  /** Adds what one operator has; each null if it has none. */
  void add(
      OperatorId operator,
      PendingSnapshot<KeyedStateHandle> keyed,
      PendingSnapshot<OperatorStateHandle> operatorState) {
    parts.add(new Part(operator, keyed, operatorState));
  }

  /** Adds the records that were in flight to the first operator. */
  void addInFlight(InFlightSnapshot records) {
    inFlight = records;
  }

  /** Once written, how many bytes of records in flight had been processed meanwhile. */
  long processedBytes() {
    return inFlight == null ? 0 : inFlight.processedBytes();
  }

  /**
   * What was written.
   *
   * @param states of those operators that have any
   * @param sizes of the same
   */
  record Written(Map<OperatorId, SubtaskState> states, Map<OperatorId, OperatorSizes> sizes) {}

  /** Writes everything; if that fails, what has not been begun can be discarded. */
  Written write(StateWriter writer, Clock clock) throws IOException {
    Written written = new Written(new LinkedHashMap<>(), new LinkedHashMap<>());
    MeteredWriter meter = new MeteredWriter(writer, clock);
    ChannelStateHandle channels = inFlight == null ? null : inFlight.write(meter);
    while (!parts.isEmpty()) {
      Part part = parts.get(0);
      parts.set(0, new Part(part.id, part.keyed, null));
      OperatorStateHandle operator = part.operator.write(meter);
      parts.remove(0);
      KeyedStateHandle keyed = part.keyed == null ? null : part.keyed.write(meter);
      SubtaskState state =
          new SubtaskState(
              keyed == null ? List.of() : List.of(keyed),
              operator == null ? List.of() : List.of(operator),
              channels == null ? List.of() : List.of(channels));
      channels = null;
      if (!state.isEmpty()) {
        written.states.put(part.id, state);
        written.sizes.put(part.id, OperatorSizes.of(state, meter.writtenBytes(), meter.states()));
      }
      meter = new MeteredWriter(writer, clock);
    }
    return written;
  }

  /** Frees what has not been written. */
  void discard() {
    for (Part part : parts) {
      if (part.operator != null) {
        part.operator.discard();
      }
      if (part.keyed != null) {
        part.keyed.discard();
      }
    }
    parts.clear();
  }
}
