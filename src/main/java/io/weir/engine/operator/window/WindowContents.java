package io.weir.engine.operator.window;

import io.weir.api.windowing.windows.Window;
import java.util.Collection;

/**
 * What the windows of the current key hold, by state window.
 *
 * @param <T> the type of record
 * @param <V> the type of what a firing window gives
 * @param <W> the type of window
 */
interface WindowContents<T, V, W extends Window> {

  void add(W stateWindow, T value, long timestamp) throws Exception;

  /** Hands over what the window holds, if it holds anything. */
  void fire(W window, W stateWindow, Firing<V, W> firing) throws Exception;

  void clear(W stateWindow);

  /** Moves the contents of the sources into the target. */
  void merge(W target, Collection<W> sources) throws Exception;

  /** Takes the contents of a window that fires. */
  interface Firing<V, W extends Window> {
    void fire(W window, Iterable<V> values) throws Exception;
  }
}
