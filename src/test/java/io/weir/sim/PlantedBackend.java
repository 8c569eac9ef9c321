package io.weir.sim;

import io.weir.api.state.State;
import io.weir.api.state.StateDescriptor;
import io.weir.api.types.TypeInformation;
import io.weir.config.Configuration;
import io.weir.snapshot.AskedState;
import io.weir.snapshot.CanonicalKeyedState;
import io.weir.snapshot.CheckpointType;
import io.weir.snapshot.KeyGroupRange;
import io.weir.snapshot.KeyedStateHandle;
import io.weir.snapshot.StateHandle;
import io.weir.snapshot.StateReader;
import io.weir.state.KeyedBackendParameters;
import io.weir.state.KeyedStateBackend;
import io.weir.state.NamespacedState;
import io.weir.state.PendingSnapshot;
import io.weir.state.StateBackendFactory;
import io.weir.state.TimerQueue;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** A state backend with the planted bugs of state. */
record PlantedBackend(StateBackendFactory factory, World world) implements StateBackendFactory {
  @Override
  public String name() {
    return factory.name();
  }

  @Override
  public StateBackendFactory configured(Configuration job) {
    return new PlantedBackend(factory.configured(job), world);
  }

  @Override
  public <K> KeyedStateBackend<K> create(KeyedBackendParameters<K> parameters) throws IOException {
    if (world.has(PlantedBug.KEY_GROUP_BORDER)) {
      return factory.create(withoutLastKeyGroups(parameters));
    }
    if (world.has(PlantedBug.EXPIRY_COUNTED_FROM_RESTORE)) {
      return factory.create(withClockFromNow(parameters));
    }
    KeyedStateBackend<K> backend = factory.create(parameters);
    return world.has(PlantedBug.TIMERS_FORGOTTEN)
        ? new Forgetful<>(backend, world.name().toString())
        : backend;
  }

  private static <K> KeyedBackendParameters<K> withoutLastKeyGroups(
      KeyedBackendParameters<K> parameters) throws IOException {
    List<KeyedStateHandle> restored = new ArrayList<>();
    for (KeyedStateHandle handle : parameters.restored()) {
      if (handle.range().size() > 1 && handle instanceof CanonicalKeyedState canonical) {
        restored.add(withoutLastKeyGroup(canonical, parameters.reader()));
      }
    }
    return new KeyedBackendParameters<>(
        parameters.operatorName(),
        parameters.keyType(),
        parameters.maxParallelism(),
        parameters.range(),
        restored,
        parameters.reader(),
        parameters.clockMillis());
  }

  /** What a backend stamps on its values means nothing to the next one. */
  private static <K> KeyedBackendParameters<K> withClockFromNow(
      KeyedBackendParameters<K> parameters) {
    long start = parameters.clockMillis().getAsLong();
    return new KeyedBackendParameters<>(
        parameters.operatorName(),
        parameters.keyType(),
        parameters.maxParallelism(),
        parameters.range(),
        parameters.restored(),
        parameters.reader(),
        () -> parameters.clockMillis().getAsLong() - start);
  }

  private static KeyedStateHandle withoutLastKeyGroup(
      CanonicalKeyedState handle, StateReader reader) throws IOException {
    int last = handle.range().size() - 1;
    byte[] bytes;
    try (InputStream in = reader.open(handle.data())) {
      bytes = in.readAllBytes();
    }
    return new CanonicalKeyedState(
        new KeyGroupRange(handle.range().start(), handle.range().end() - 1),
        handle.states(),
        Arrays.copyOf(handle.offsets(), last),
        handle.compression(),
        new StateHandle.Inline(Arrays.copyOf(bytes, (int) handle.offsets()[last])));
  }

  /** Looks for its timers under another name than they were written with. */
  private record Forgetful<K>(KeyedStateBackend<K> backend, String suffix)
      implements KeyedStateBackend<K> {
    @Override
    public KeyGroupRange keyGroupRange() {
      return backend.keyGroupRange();
    }

    @Override
    public int maxParallelism() {
      return backend.maxParallelism();
    }

    @Override
    public void setCurrentKey(K key, int keyGroup) {
      backend.setCurrentKey(key, keyGroup);
    }

    @Override
    public K currentKey() {
      return backend.currentKey();
    }

    @Override
    public <S extends State> S state(StateDescriptor<S, ?> descriptor) {
      return backend.state(descriptor);
    }

    @Override
    public <N, S extends State> NamespacedState<N, S> namespaced(
        StateDescriptor<S, ?> descriptor, TypeInformation<N> namespace) {
      return backend.namespaced(descriptor, namespace);
    }

    @Override
    public <N> TimerQueue<K, N> timers(String name, TypeInformation<N> namespace) {
      return backend.timers(name + suffix, namespace);
    }

    @Override
    public List<AskedState> states() {
      return backend.states();
    }

    @Override
    public <S extends State> void forEachKey(StateDescriptor<S, ?> descriptor, Consumer<K> action) {
      backend.forEachKey(descriptor, action);
    }

    @Override
    public PendingSnapshot<KeyedStateHandle> snapshot(long checkpointId, CheckpointType type) {
      return backend.snapshot(checkpointId, type);
    }

    @Override
    public void checkpointCompleted(long checkpointId) {
      backend.checkpointCompleted(checkpointId);
    }

    @Override
    public void checkpointAborted(long checkpointId) {
      backend.checkpointAborted(checkpointId);
    }

    @Override
    public void close() {
      backend.close();
    }
  }
}
