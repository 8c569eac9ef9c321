package io.weir.state;

import io.weir.serial.SerializationException;
import io.weir.snapshot.AskedState;
import io.weir.snapshot.OperatorStateHandle;
import io.weir.snapshot.StateDescription;
import io.weir.snapshot.StateKind;
import io.weir.snapshot.StateReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Operator state that was restored before the job has asked for it: the bytes of its elements. A
 * state that nobody asks for goes into the next snapshot unchanged.
 */
final class RestoredOperatorState {
  private final Map<StateDescription, List<byte[]>> elements = new LinkedHashMap<>();

  /**
   * Reads the elements that the handles' offsets point to. Every byte is read, so that all
   * checksums are verified.
   */
  static RestoredOperatorState read(List<OperatorStateHandle> handles, StateReader reader)
      throws IOException {
    RestoredOperatorState restored = new RestoredOperatorState();
    for (OperatorStateHandle handle : handles) {
      restored.add(handle, reader);
    }
    return restored;
  }

  /** The states that nobody has taken. */
  List<StateDescription> descriptions() {
    return List.copyOf(elements.keySet());
  }

  /** The elements of a state, as they were described when they were written. */
  List<byte[]> elements(StateDescription description) {
    return List.copyOf(elements.get(description));
  }

  /** Moves the elements of all states of the target's name to the target. */
  void moveTo(RegisteredOperatorState target, StateSerializers serializers) {
    AskedState wanted = target.asked();
    for (StateDescription stored : descriptions()) {
      if (!stored.name().equals(wanted.description().name())) {
        continue;
      }
      serializers.requireFit(stored, wanted);
      try {
        target.restore(stored, elements.remove(stored));
      } catch (SerializationException e) {
        throw new StateException(
            "operator '"
                + serializers.operatorName()
                + "': the restored state '"
                + stored.name()
                + "' cannot be read: "
                + e.getMessage()
                + "; restore from an older checkpoint",
            e);
      }
    }
  }

  private void add(OperatorStateHandle handle, StateReader reader) throws IOException {
    Set<StateDescription> wanted = new HashSet<>();
    for (OperatorStateHandle.Partitioned state : handle.states()) {
      boolean isFirst =
          elements.keySet().stream().noneMatch(known -> known.name().equals(state.state().name()));
      if (state.state().kind() != StateKind.BROADCAST || isFirst) {
        wanted.add(state.state());
        elements.computeIfAbsent(state.state(), none -> new ArrayList<>());
      }
    }
    OperatorElements.forEach(
        handle, reader, wanted::contains, (state, bytes) -> elements.get(state).add(bytes));
  }
}
