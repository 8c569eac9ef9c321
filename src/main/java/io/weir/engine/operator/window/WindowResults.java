package io.weir.engine.operator.window;

import io.weir.api.types.Collector;
import io.weir.api.windowing.windows.Window;
import io.weir.engine.operator.function.TimestampedCollector;

/**
 * What a window operator makes of the contents of a window that fires.
 *
 * @param <K> the type of key
 * @param <V> the type of the contents
 * @param <O> the type of result
 * @param <W> the type of window
 */
public abstract class WindowResults<K, V, O, W extends Window> {

  /** The author's function, or this object if there is none. */
  abstract Object function();

  /** Makes what the function is given besides the contents. */
  void initialize(
      WindowSurroundings<K, W> surroundings, boolean merging, TimestampedCollector<O> collector) {}

  /** Emits the results of a window of this key. */
  abstract void emit(K key, W window, Iterable<V> values, Collector<O> out) throws Exception;

  /** Frees what the function keeps for a window that is over. */
  void clear(W window) throws Exception {}
}
