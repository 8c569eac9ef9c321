package io.weir.engine.operator.window;

import io.weir.api.windowing.windows.Window;

/** Windows that do not merge: each one's contents are its own, and nothing is to be remembered. */
final class SeparateWindows<W extends Window> implements StateWindows<W> {

  @Override
  public void load() {}

  @Override
  public W place(W window) {
    return window;
  }

  @Override
  public W stateWindow(W window) {
    return window;
  }

  @Override
  public void retire(W window) {}

  @Override
  public void persist() {}
}
