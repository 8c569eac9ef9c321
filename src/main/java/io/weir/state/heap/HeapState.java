package io.weir.state.heap;

import io.weir.state.KeyedEntryReader;
import io.weir.state.KeyedStateFormat;

/**
 * A state that the job has asked for: what the backend must know of it. Belongs to the task's
 * thread.
 *
 * @param <K> the type of key
 * @param <N> the type of namespace
 */
interface HeapState<K, N> {

  KeyedStateFormat<K, N> format();

  /** What the job was given: a state, a state with namespaces, or a queue of timers. */
  Object view();

  /** Prepares for entries that will be restored into a key group, counted from the first. */
  void makeRoom(int group, int entries);

  /** Puts in what was restored. */
  void restore(KeyedEntryReader<K, N> entries);

  /**
   * Reads what stands for keys that will probably become current next, so that it is in the cache
   * then. The reads do not depend on each other, so the waits for memory overlap.
   *
   * @see io.weir.state.KeyedStateBackend#expect
   */
  default void expect(Object[] keys, int[] keyGroups, int from, int to) {}

  /** What removes expired values; null if nothing does. */
  default ExpirySweep<K, N> sweep() {
    return null;
  }

  /** The present content, for a snapshot that has just been taken. */
  FrozenState freeze(Epochs.Lease lease);
}
