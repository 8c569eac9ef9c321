package io.weir.state.heap;

import io.weir.api.state.State;
import io.weir.api.state.StateDescriptor;
import io.weir.api.state.ValueStateDescriptor;
import io.weir.api.types.TypeInformation;
import io.weir.snapshot.AskedState;
import io.weir.snapshot.CheckpointType;
import io.weir.snapshot.Compression;
import io.weir.snapshot.KeyGroupRange;
import io.weir.snapshot.KeyedStateHandle;
import io.weir.state.KeyedBackendParameters;
import io.weir.state.KeyedStateBackend;
import io.weir.state.NamespacedState;
import io.weir.state.PendingSnapshot;
import io.weir.state.RestoredBlock;
import io.weir.state.RestoredKeyedState;
import io.weir.state.RestoredState;
import io.weir.state.StateRegistry;
import io.weir.state.StateSerializers;
import io.weir.state.TimerQueue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Keyed state as objects on the heap. */
final class HeapKeyedStateBackend<K> implements KeyedStateBackend<K> {
  private final KeyedBackendParameters<K> parameters;

  /** Of snapshots. */
  private final Compression compression;

  private final WritingTurns turns;
  private final CurrentKey<K> current;
  private final HeapContext<K> context;
  private final RestoredKeyedState restored;

  /** What the job has asked for. */
  private final StateRegistry<K, HeapState<K, ?>> states;

  /** The same in a form that costs nothing to go through. */
  private final List<HeapState<K, ?>> expecting = new ArrayList<>();

  /** Of the states whose values are removed when they have expired. */
  private final List<ExpirySweep<K, ?>> sweeps = new ArrayList<>();

  HeapKeyedStateBackend(
      KeyedBackendParameters<K> parameters, Compression compression, WritingTurns turns)
      throws IOException {
    this.parameters = parameters;
    this.compression = compression;
    this.turns = turns;
    this.current = new CurrentKey<>(parameters.range(), parameters.keyType().getTypeClass());
    this.context =
        new HeapContext<>(
            parameters.keyType(),
            parameters.range(),
            current,
            new Epochs(),
            new StateSerializers(parameters.operatorName()),
            parameters.clockMillis());
    this.states = new StateRegistry<>(parameters.keyType(), context.serializers());
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
    for (int index = 0; index < sweeps.size(); index++) {
      sweeps.get(index).afterRecord();
    }
    current.set(key, keyGroup);
  }

  @Override
  public void expect(Object[] keys, int[] keyGroups, int from, int to) {
    for (int index = 0; index < expecting.size(); index++) {
      expecting.get(index).expect(keys, keyGroups, from, to);
    }
  }

  @Override
  public K currentKey() {
    return current.key();
  }

  @Override
  @SuppressWarnings("unchecked") // the state is made of the descriptor, which says so
  public <S extends State> S state(StateDescriptor<S, ?> descriptor) {
    return (S) find(descriptor, null).view();
  }

  @Override
  @SuppressWarnings("unchecked") // the state is made of the descriptor, which says so
  public <N, S extends State> NamespacedState<N, S> namespaced(
      StateDescriptor<S, ?> descriptor, TypeInformation<N> namespace) {
    return (NamespacedState<N, S>) find(descriptor, namespace).view();
  }

  @Override
  @SuppressWarnings("unchecked") // checked by its format
  public <N> TimerQueue<K, N> timers(String name, TypeInformation<N> namespace) {
    HeapState<K, ?> known = states.findTimers(name, namespace);
    return known == null
        ? register(new HeapTimerQueue<>(context, name, namespace))
        : (HeapTimerQueue<K, N>) known;
  }

  @Override
  public List<AskedState> states() {
    return states.asked();
  }

  @Override
  @SuppressWarnings("unchecked") // all states with values can list their keys
  public <S extends State> void forEachKey(StateDescriptor<S, ?> descriptor, Consumer<K> action) {
    KeyScan<K> state = (KeyScan<K>) find(descriptor, null);
    int firstKeyGroup = parameters.range().start();
    for (int group = 0; group < parameters.range().size(); group++) {
      for (K key : state.keys(group)) {
        current.set(key, firstKeyGroup + group);
        action.accept(key);
      }
    }
  }

  @Override
  public PendingSnapshot<KeyedStateHandle> snapshot(long checkpointId, CheckpointType type) {
    Epochs.Lease lease = context.epochs().snapshot(parameters.range().size());
    List<FrozenState> frozen = new ArrayList<>();
    for (HeapState<K, ?> state : states.all()) {
      frozen.add(state.freeze(lease));
    }
    for (RestoredState untouched : restored.remaining()) {
      frozen.add(new UntouchedState(untouched, parameters.range().start()));
    }
    return new HeapSnapshot(parameters.range(), frozen, compression, turns, lease);
  }

  @Override
  public void close() {
    states.clear();
  }

  private <N> HeapState<K, ?> find(StateDescriptor<?, ?> descriptor, TypeInformation<N> namespace) {
    HeapState<K, ?> known = states.find(descriptor, namespace);
    return known == null ? register(create(descriptor, namespace)) : known;
  }

  private <N> HeapState<K, ?> create(
      StateDescriptor<?, ?> descriptor, TypeInformation<N> namespace) {
    NumberValueState<K, ?> numbers =
        namespace == null && descriptor instanceof ValueStateDescriptor<?> value
            ? NumberValueState.of(context, value)
            : null;
    return numbers == null ? HeapObjects.of(context, descriptor, namespace) : numbers;
  }

  private <N, H extends HeapState<K, N>> H register(H state) {
    String name = state.format().description().name();
    K keyBefore = current.key();
    int keyGroupBefore = keyBefore == null ? 0 : current.group() + parameters.range().start();
    for (RestoredState stored : restored.take(name)) {
      makeRoom(state, stored);
      state.restore(
          state
              .format()
              .reader(stored, parameters.maxParallelism(), parameters.clockMillis().getAsLong()));
    }
    current.reset(keyBefore, keyGroupBefore);
    states.add(state.format(), state);
    expecting.add(state);
    if (state.sweep() != null) {
      sweeps.add(state.sweep());
    }
    return state;
  }

  private void makeRoom(HeapState<K, ?> state, RestoredState stored) {
    int[] entries = new int[parameters.range().size()];
    for (RestoredBlock block : stored.blocks()) {
      entries[block.keyGroup() - parameters.range().start()] += block.entries();
    }
    for (int group = 0; group < entries.length; group++) {
      if (entries[group] > 0) {
        state.makeRoom(group, entries[group]);
      }
    }
  }
}
