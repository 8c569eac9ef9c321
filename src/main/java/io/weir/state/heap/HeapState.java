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

  /** Puts in what was restored. */
  void restore(KeyedEntryReader<K, N> entries);

  /** Fixes the present content for a snapshot. */
  FrozenState freeze();
}
