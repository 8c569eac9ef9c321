package io.weir.engine.operator.window;

import io.weir.api.windowing.windows.Window;

/**
 * Which windows the current key has, and under which window the contents of each are kept.
 *
 * @param <W> the type of window
 */
interface StateWindows<W extends Window> {

  /** Begins to look at the windows of the current key. */
  void load() throws Exception;

  /**
   * Adds a window that a record was assigned to, merging it with others if windows merge. Gives the
   * window that contains it now.
   */
  W place(W window) throws Exception;

  /**
   * The window under which a window's contents are kept; null if the window is not there any more.
   */
  W stateWindow(W window);

  /** Forgets a window. */
  void retire(W window);

  /** Stores what has changed since {@link #load}. */
  void persist() throws Exception;
}
