package io.weir.state;

import io.weir.api.state.State;
import io.weir.api.state.StateDescriptor;
import io.weir.api.types.TypeInformation;
import io.weir.snapshot.AskedState;
import io.weir.snapshot.CheckpointType;
import io.weir.snapshot.KeyGroupRange;
import io.weir.snapshot.KeyedStateHandle;
import java.util.List;
import java.util.function.Consumer;

/**
 * Holds the keyed state of one operator in one subtask. Used by the task's thread alone.
 *
 * @param <K> the type of key
 */
public interface KeyedStateBackend<K> extends AutoCloseable {

  /** The key groups whose state is here. */
  KeyGroupRange keyGroupRange();

  /** The number of key groups of the operator. */
  int maxParallelism();

  /**
   * Makes this the key to which all state refers from now on.
   *
   * @param key not null
   */
  default void setCurrentKey(K key) {
    setCurrentKey(key, io.weir.snapshot.KeyGroups.keyGroupOf(key, maxParallelism()));
  }

  /**
   * The same for a caller who knows the key's group.
   *
   * @throws IllegalArgumentException if the key group is not one of {@link #keyGroupRange()}: the
   *     key's hash code is not stable
   */
  void setCurrentKey(K key, int keyGroup);

  /**
   * Tells which keys will probably become current next, so that the backend can bring the state of
   * all of them near at once: that takes less time than one after another. It must not change
   * anything.
   *
   * @param keys in order
   * @param keyGroups of the keys, at the same places; not checked
   * @param from the place of the first one
   * @param to the place behind the last one
   */
  default void expect(Object[] keys, int[] keyGroups, int from, int to) {}

  /** The key set last, or null. */
  K currentKey();

  /**
   * A state without namespace. The same object for the same name.
   *
   * @throws StateException if a state of this name exists with another kind or type
   */
  <S extends State> S state(StateDescriptor<S, ?> descriptor);

  /**
   * A state with a namespace. The same object for the same name.
   *
   * @throws StateException if a state of this name exists with another kind or type
   */
  <N, S extends State> NamespacedState<N, S> namespaced(
      StateDescriptor<S, ?> descriptor, TypeInformation<N> namespace);

  /** What has been asked for so far, timers among it, in that order. */
  List<AskedState> states();

  /** A queue of timers. The same object for the same name. */
  <N> TimerQueue<K, N> timers(String name, TypeInformation<N> namespace);

  /**
   * Calls the action once for every key that has a value in this state (without namespace), with
   * that key as the current key. The action may change and clear this key's state.
   */
  <S extends State> void forEachKey(StateDescriptor<S, ?> descriptor, Consumer<K> action);

  /**
   * The synchronous part of a snapshot.
   *
   * @param type a checkpoint may take a form of the backend's own and share files with earlier
   *     ones; a savepoint is always canonical
   */
  PendingSnapshot<KeyedStateHandle> snapshot(long checkpointId, CheckpointType type);

  /** A checkpoint is complete: later ones may refer to what was written for it. */
  default void checkpointCompleted(long checkpointId) {}

  /** A checkpoint came to nothing: what was written for it is gone. */
  default void checkpointAborted(long checkpointId) {}

  /**
   * Does a small part of what is to be done besides processing records, such as removing expired
   * values; for a task between two records. The current key stays.
   *
   * @return whether there was anything to do
   */
  default boolean cleanUp() {
    return false;
  }

  /** Frees everything. */
  @Override
  void close();
}
