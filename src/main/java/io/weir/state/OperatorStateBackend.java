package io.weir.state;

import io.weir.api.state.BroadcastState;
import io.weir.api.state.ListState;
import io.weir.api.state.ListStateDescriptor;
import io.weir.api.state.MapStateDescriptor;
import io.weir.api.state.OperatorStateStore;
import io.weir.snapshot.AskedState;
import io.weir.snapshot.OperatorStateHandle;
import io.weir.snapshot.StateDescription;
import io.weir.snapshot.StateKind;
import io.weir.snapshot.StateReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Holds the operator state of one operator in one subtask: lists and broadcast maps. Used by the
 * task's thread alone.
 */
public final class OperatorStateBackend implements OperatorStateStore {
  private final String operatorName;
  private final StateSerializers serializers;
  private final RestoredOperatorState restored;
  private final Map<String, RegisteredOperatorState> registered = new LinkedHashMap<>();

  /**
   * Restores what is given; the states themselves come to life when the job asks for them.
   *
   * @param operatorName for messages
   * @param restored the old state as it falls to this subtask: of each state the offsets of its
   *     elements that belong here; empty for a fresh start
   * @param reader opens the restored handles
   * @throws io.weir.snapshot.CorruptStateException if the restored bytes are damaged
   */
  public OperatorStateBackend(
      String operatorName, List<OperatorStateHandle> restored, StateReader reader)
      throws IOException {
    this.operatorName = operatorName;
    this.serializers = new StateSerializers(operatorName);
    this.restored = RestoredOperatorState.read(restored, reader);
  }

  /**
   * A list whose elements are shared out when the parallelism changes.
   *
   * @throws StateException if the name is taken by a state of another kind or type, or what was
   *     restored cannot be read as this type
   */
  @Override
  public <T> ListState<T> getListState(ListStateDescriptor<T> descriptor) {
    return register(new OperatorListState<>(descriptor, StateKind.OPERATOR_LIST, serializers));
  }

  /**
   * A list of which every subtask gets all on restore.
   *
   * @throws StateException if the name is taken by a state of another kind or type, or what was
   *     restored cannot be read as this type
   */
  @Override
  public <T> ListState<T> getUnionListState(ListStateDescriptor<T> descriptor) {
    return register(new OperatorListState<>(descriptor, StateKind.OPERATOR_UNION, serializers));
  }

  /**
   * A map that is the same in every subtask.
   *
   * @throws StateException if the name is taken by a state of another kind or type, or what was
   *     restored cannot be read as this type
   */
  @Override
  public <K, V> BroadcastState<K, V> getBroadcastState(MapStateDescriptor<K, V> descriptor) {
    return register(new OperatorBroadcastState<>(descriptor, serializers));
  }

  @Override
  public Set<String> getRegisteredStateNames() {
    Set<String> names = names(StateKind.OPERATOR_LIST);
    names.addAll(names(StateKind.OPERATOR_UNION));
    return names;
  }

  @Override
  public Set<String> getRegisteredBroadcastStateNames() {
    return names(StateKind.BROADCAST);
  }

  /** What has been asked for so far, in that order. */
  public List<AskedState> states() {
    return registered.values().stream().map(RegisteredOperatorState::asked).toList();
  }

  /**
   * The synchronous part of a snapshot: copies the lists and maps, and the elements if their types
   * are mutable.
   */
  public PendingSnapshot<OperatorStateHandle> snapshot(long checkpointId) {
    List<FrozenOperatorState> frozen = new ArrayList<>();
    registered.values().forEach(state -> frozen.add(state.freeze()));
    for (StateDescription description : restored.descriptions()) {
      List<byte[]> elements = restored.elements(description);
      frozen.add(
          new FrozenOperatorState(
              description,
              elements.size(),
              (index, out) -> out.writeBytes(elements.get(index), 0, elements.get(index).length)));
    }
    return new OperatorSnapshot(frozen);
  }

  @SuppressWarnings("unchecked") // compatible states have the same types
  private <S extends RegisteredOperatorState> S register(S asked) {
    RegisteredOperatorState known = registered.get(asked.description().name());
    if (known == null) {
      restored.moveTo(asked, serializers);
      registered.put(asked.description().name(), asked);
      return asked;
    }
    if (!known.isCompatibleWith(asked)) {
      throw new StateException(
          "operator '"
              + operatorName
              + "': the state '"
              + asked.description().name()
              + "' is a "
              + known.description().kind()
              + " state already, and was asked for again with another kind or type; use one descriptor, or another name");
    }
    return (S) known;
  }

  private Set<String> names(StateKind kind) {
    Set<String> names = new LinkedHashSet<>();
    registered.values().forEach(state -> addName(state.description(), kind, names));
    restored.descriptions().forEach(description -> addName(description, kind, names));
    return names;
  }

  private static void addName(StateDescription description, StateKind kind, Set<String> names) {
    if (description.kind() == kind) {
      names.add(description.name());
    }
  }
}
