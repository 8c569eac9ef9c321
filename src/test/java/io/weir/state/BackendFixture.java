package io.weir.state;

import io.weir.api.types.TypeInformation;
import io.weir.snapshot.CanonicalKeyedState;
import io.weir.snapshot.CheckpointType;
import io.weir.snapshot.KeyGroupRange;
import io.weir.snapshot.KeyGroups;
import io.weir.snapshot.KeyedStateHandle;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Makes, snapshots and restores keyed backends, with a clock that tests set. */
public final class BackendFixture implements AutoCloseable {
  private final StateBackendFactory factory;
  private final MemoryStateStorage storage = new MemoryStateStorage();
  private final List<KeyedStateBackend<?>> backends = new ArrayList<>();
  private long now = 1_000_000;
  private long snapshots = 1_000_000;

  public BackendFixture(StateBackendFactory factory) {
    this.factory = factory;
  }

  /** Closes all backends that are still open. */
  @Override
  public void close() {
    backends.forEach(KeyedStateBackend::close);
    backends.clear();
  }

  public MemoryStateStorage storage() {
    return storage;
  }

  public void advance(long millis) {
    now += millis;
  }

  /** The backend of one subtask. */
  public <K> KeyedStateBackend<K> create(
      TypeInformation<K> keyType,
      int maxParallelism,
      KeyGroupRange range,
      List<KeyedStateHandle> restored)
      throws IOException {
    KeyedStateBackend<K> backend =
        factory.create(
            new KeyedBackendParameters<>(
                "the operator", keyType, maxParallelism, range, restored, storage, () -> now));
    backends.add(backend);
    return backend;
  }

  /** The backend of an operator with parallelism 1 and 16 key groups. */
  public <K> KeyedStateBackend<K> create(TypeInformation<K> keyType, KeyedStateHandle... restored)
      throws IOException {
    return create(keyType, 16, new KeyGroupRange(0, 15), List.of(restored));
  }

  /** The backends of all subtasks of an operator. */
  public <K> List<KeyedStateBackend<K>> createAll(
      TypeInformation<K> keyType,
      int maxParallelism,
      int parallelism,
      List<KeyedStateHandle> restored)
      throws IOException {
    List<KeyedStateBackend<K>> backends = new ArrayList<>();
    for (int subtask = 0; subtask < parallelism; subtask++) {
      KeyGroupRange range = KeyGroups.rangeOf(subtask, maxParallelism, parallelism);
      List<KeyedStateHandle> relevant =
          restored.stream()
              .filter(handle -> handle.range().intersection(range).size() > 0)
              .toList();
      backends.add(create(keyType, maxParallelism, range, relevant));
    }
    return backends;
  }

  /** Takes and writes a snapshot; null if there is nothing in it. */
  public KeyedStateHandle snapshot(KeyedStateBackend<?> backend) throws IOException {
    return backend.snapshot(++snapshots, CheckpointType.CHECKPOINT).write(storage);
  }

  /** Takes and writes a snapshot in the form that every backend reads; null if it is empty. */
  public CanonicalKeyedState canonical(KeyedStateBackend<?> backend) throws IOException {
    return (CanonicalKeyedState)
        backend.snapshot(++snapshots, CheckpointType.SAVEPOINT).write(storage);
  }

  /** A new backend with the state of the old one, which is closed. */
  public <K> KeyedStateBackend<K> restart(KeyedStateBackend<K> backend, TypeInformation<K> keyType)
      throws IOException {
    KeyedStateHandle handle = snapshot(backend);
    backend.close();
    backends.remove(backend);
    return create(
        keyType,
        backend.maxParallelism(),
        backend.keyGroupRange(),
        handle == null ? List.of() : List.of(handle));
  }
}
