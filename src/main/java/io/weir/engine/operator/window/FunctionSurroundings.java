package io.weir.engine.operator.window;

import io.weir.api.state.KeyedStateStore;
import io.weir.api.types.OutputTag;
import io.weir.api.windowing.windows.Window;
import io.weir.engine.operator.function.KeyedState;
import io.weir.engine.operator.function.TimestampedCollector;

/**
 * What the contexts of all window functions give, for the window that is being looked at. One
 * object serves an operator for all windows.
 */
final class FunctionSurroundings<W extends Window> {
  private final WindowSurroundings<?, W> surroundings;
  private final WindowState<W> windowState;
  private final KeyedStateStore globalState;
  private final TimestampedCollector<?> collector;
  private W window;

  FunctionSurroundings(
      WindowSurroundings<?, W> surroundings, boolean merging, TimestampedCollector<?> collector) {
    this.surroundings = surroundings;
    this.windowState = new WindowState<>(surroundings, merging);
    this.globalState = KeyedState.of(surroundings.backend(), surroundings.tracking());
    this.collector = collector;
  }

  void setWindow(W window) {
    this.window = window;
    windowState.setWindow(window);
  }

  W window() {
    return window;
  }

  long currentProcessingTime() {
    return surroundings.getCurrentProcessingTime();
  }

  long currentWatermark() {
    return surroundings.getCurrentWatermark();
  }

  KeyedStateStore windowState() {
    return windowState;
  }

  KeyedStateStore globalState() {
    return globalState;
  }

  <X> void output(OutputTag<X> outputTag, X value) {
    collector.collectSide(outputTag, value, window.maxTimestamp());
  }
}
