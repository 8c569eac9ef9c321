package io.weir.state.heap;

import io.weir.api.state.AggregatingStateDescriptor;
import io.weir.api.state.ListStateDescriptor;
import io.weir.api.state.MapStateDescriptor;
import io.weir.api.state.ReducingStateDescriptor;
import io.weir.api.state.State;
import io.weir.api.state.StateDescriptor;
import io.weir.api.state.ValueStateDescriptor;
import io.weir.api.types.TypeInformation;
import io.weir.snapshot.KeyGroupRange;
import io.weir.snapshot.KeyedStateHandle;
import io.weir.state.KeyedBackendParameters;
import io.weir.state.KeyedStateBackend;
import io.weir.state.KeyedStateFormat;
import io.weir.state.NamespacedState;
import io.weir.state.PendingSnapshot;
import io.weir.state.RestoredKeyedState;
import io.weir.state.RestoredState;
import io.weir.state.StateException;
import io.weir.state.StateSerializers;
import io.weir.state.TimerQueue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** Keyed state as objects on the heap. */
final class HeapKeyedStateBackend<K> implements KeyedStateBackend<K> {
  private final KeyedBackendParameters<K> parameters;
  private final CurrentKey<K> current;
  private final HeapContext<K> context;
  private final RestoredKeyedState restored;

  /** What the job has asked for, by name. */
  private final Map<String, HeapState<K, ?>> states = new LinkedHashMap<>();

  /** The faces of those states that have a namespace. */
  private final Map<String, HeapNamespacedState<K, ?, ?>> namespaced = new LinkedHashMap<>();

  /** How each state was asked for last: asking in the same way again needs no check. */
  private final Map<String, Asked> asked = new HashMap<>();

  HeapKeyedStateBackend(KeyedBackendParameters<K> parameters) throws IOException {
    this.parameters = parameters;
    this.current = new CurrentKey<>(parameters.range(), parameters.keyType().getTypeClass());
    this.context =
        new HeapContext<>(
            parameters.keyType(),
            parameters.range(),
            current,
            new Epochs(),
            new StateSerializers(parameters.operatorName()),
            parameters.clockMillis());
    this.restored =
        RestoredKeyedState.read(parameters.restored(), parameters.range(), parameters.reader());
  }

  @Override
  public KeyGroupRange keyGroupRange() {
    return parameters.range();
  }

  @Override
  public int maxParallelism() {
    return parameters.maxParallelism();
  }

  @Override
  public void setCurrentKey(K key, int keyGroup) {
    current.set(key, keyGroup);
  }

  @Override
  public K currentKey() {
    return current.key();
  }

  @Override
  @SuppressWarnings("unchecked") // the state is made of the descriptor, which says so
  public <S extends State> S state(StateDescriptor<S, ?> descriptor) {
    HeapState<K, ?> known = states.get(descriptor.getName());
    if (known == null) {
      return (S) register(create(descriptor, null));
    }
    checkSame(known, descriptor, null);
    return (S) known;
  }

  @Override
  @SuppressWarnings("unchecked") // the state is made of the descriptor, which says so
  public <N, S extends State> NamespacedState<N, S> namespaced(
      StateDescriptor<S, ?> descriptor, TypeInformation<N> namespace) {
    HeapState<K, ?> known = states.get(descriptor.getName());
    if (known == null) {
      ObjectState<K, N> state = register((ObjectState<K, N>) create(descriptor, namespace));
      namespaced.put(descriptor.getName(), new HeapNamespacedState<>(state, (S) state));
    } else {
      checkSame(known, descriptor, namespace);
    }
    return (NamespacedState<N, S>) namespaced.get(descriptor.getName());
  }

  @Override
  @SuppressWarnings("unchecked") // checked by its format
  public <N> TimerQueue<K, N> timers(String name, TypeInformation<N> namespace) {
    HeapState<K, ?> known = states.get(name);
    if (known == null) {
      return register(new HeapTimerQueue<>(context, name, namespace));
    }
    checkSame(
        known,
        KeyedStateFormat.ofTimers(name, parameters.keyType(), namespace, context.serializers()));
    return (HeapTimerQueue<K, N>) known;
  }

  @Override
  @SuppressWarnings("unchecked") // all states with values can list their keys
  public <S extends State> void forEachKey(StateDescriptor<S, ?> descriptor, Consumer<K> action) {
    KeyScan<K> state = (KeyScan<K>) state(descriptor);
    int firstKeyGroup = parameters.range().start();
    for (int group = 0; group < parameters.range().size(); group++) {
      for (K key : state.keys(group)) {
        current.set(key, firstKeyGroup + group);
        action.accept(key);
      }
    }
  }

  @Override
  public PendingSnapshot<KeyedStateHandle> snapshot(long checkpointId) {
    List<FrozenState> frozen = new ArrayList<>();
    for (HeapState<K, ?> state : states.values()) {
      frozen.add(state.freeze());
    }
    for (RestoredState untouched : restored.remaining()) {
      frozen.add(new UntouchedState(untouched, parameters.range().start()));
    }
    return new HeapSnapshot(parameters.range(), frozen, context.epochs().snapshot());
  }

  @Override
  public void close() {
    states.clear();
    namespaced.clear();
  }

  private <N> HeapState<K, ?> create(
      StateDescriptor<?, ?> descriptor, TypeInformation<N> namespace) {
    if (descriptor instanceof ValueStateDescriptor<?> value) {
      NumberValueState<K, ?> numbers =
          namespace == null ? NumberValueState.of(context, value) : null;
      return numbers == null ? new HeapValueState<>(context, value, namespace) : numbers;
    }
    if (descriptor instanceof ListStateDescriptor<?> list) {
      return new HeapListState<>(context, list, namespace);
    }
    if (descriptor instanceof MapStateDescriptor<?, ?> map) {
      return new HeapMapState<>(context, map, namespace);
    }
    if (descriptor instanceof ReducingStateDescriptor<?> reducing) {
      return new HeapReducingState<>(context, reducing, namespace);
    }
    return new HeapAggregatingState<>(
        context, (AggregatingStateDescriptor<?, ?, ?>) descriptor, namespace);
  }

  private <N, H extends HeapState<K, N>> H register(H state) {
    String name = state.format().description().name();
    K keyBefore = current.key();
    int keyGroupBefore = keyBefore == null ? 0 : current.group() + parameters.range().start();
    for (RestoredState stored : restored.take(name)) {
      state.restore(
          state
              .format()
              .reader(stored, parameters.maxParallelism(), parameters.clockMillis().getAsLong()));
    }
    current.reset(keyBefore, keyGroupBefore);
    states.put(name, state);
    return state;
  }

  private void checkSame(
      HeapState<K, ?> known, StateDescriptor<?, ?> descriptor, TypeInformation<?> namespace) {
    Asked last = asked.get(descriptor.getName());
    if (last == null || !last.isFor(descriptor, namespace)) {
      checkSame(
          known,
          KeyedStateFormat.of(descriptor, parameters.keyType(), namespace, context.serializers()));
      asked.put(descriptor.getName(), new Asked(descriptor, namespace));
    }
  }

  private void checkSame(HeapState<K, ?> known, KeyedStateFormat<?, ?> asked) {
    if (!known.format().isSameAs(asked)) {
      throw new StateException(
          "operator '"
              + parameters.operatorName()
              + "': the state '"
              + asked.description().name()
              + "' is a "
              + known.format().description().kind()
              + " state already, and was asked for again with another kind, type, namespace or time to live; use one descriptor, or another name");
    }
  }

  private record Asked(StateDescriptor<?, ?> descriptor, TypeInformation<?> namespace) {

    @SuppressWarnings("ReferenceEquality") // equal descriptors may have other types
    boolean isFor(StateDescriptor<?, ?> otherDescriptor, TypeInformation<?> otherNamespace) {
      return descriptor == otherDescriptor && Objects.equals(namespace, otherNamespace);
    }
  }
}
