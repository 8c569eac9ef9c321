package io.weir.inspect;

import io.weir.serial.BinaryInput;
import io.weir.serial.SerializationException;
import io.weir.serial.Serializers;
import io.weir.serial.ValueReader;
import io.weir.snapshot.CorruptStateException;
import io.weir.snapshot.OperatorState;
import io.weir.snapshot.OperatorStateHandle;
import io.weir.snapshot.StateDescription;
import io.weir.snapshot.StateKind;
import io.weir.snapshot.StateReader;
import io.weir.snapshot.SubtaskState;
import io.weir.state.OperatorElements;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the elements of lists, and broadcast maps, which are the same in every subtask. */
final class OperatorStateEntries {
  private OperatorStateEntries() {}

  static void read(OperatorState operator, String name, StateReader reader, EntryPage page)
      throws IOException {
    boolean isBroadcastRead = false;
    for (Map.Entry<Integer, SubtaskState> subtask : operator.subtasks().entrySet()) {
      for (OperatorStateHandle handle : subtask.getValue().operator()) {
        for (OperatorStateHandle.Partitioned each : handle.states()) {
          StateDescription state = each.state();
          boolean isBroadcast = state.kind() == StateKind.BROADCAST;
          if (!state.name().equals(name) || page.isFull() || (isBroadcast && isBroadcastRead)) {
            continue;
          }
          isBroadcastRead = isBroadcast;
          read(subtask.getKey(), handle, state, reader, page);
        }
      }
    }
  }

  private static void read(
      int subtask,
      OperatorStateHandle handle,
      StateDescription state,
      StateReader reader,
      EntryPage page)
      throws IOException {
    ValueReader<Object> values =
        Serializers.treeReader(state.schemas().get(StateDescription.VALUE));
    ValueReader<Object> keys =
        state.kind() == StateKind.BROADCAST
            ? Serializers.treeReader(state.schemas().get(StateDescription.MAP_KEY))
            : null;
    try {
      OperatorElements.forEach(
          handle,
          reader,
          state::equals,
          (unused, bytes) -> {
            if (!page.isFull()) {
              add(subtask, keys, values, bytes, page);
            }
          });
    } catch (SerializationException e) {
      throw new CorruptStateException(
          "the operator state '" + state.name() + "' is damaged: " + e.getMessage(), e);
    }
  }

  /**
   * @param keys of a broadcast map; null if it is a list
   */
  private static void add(
      int subtask,
      ValueReader<Object> keys,
      ValueReader<Object> values,
      byte[] bytes,
      EntryPage page) {
    BinaryInput in = new BinaryInput(bytes);
    Object value;
    long count = 1;
    if (keys != null) {
      List<Object> entries = new ArrayList<>();
      count = in.readCount(1);
      for (long i = 0; i < count && i <= SnapshotExplorer.MOST_PARTS; i++) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("key", keys.read(in));
        entry.put("value", in.readBoolean() ? values.read(in) : null);
        entries.add(entry);
      }
      value = entries;
    } else {
      value = values.read(in);
    }
    page.addElement(subtask, JsonTree.of(value, SnapshotExplorer.MOST_PARTS), count, bytes.length);
  }
}
