package io.weir.api.functions.windowing;

import io.weir.api.functions.Function;
import io.weir.api.types.Collector;
import io.weir.api.windowing.windows.Window;

/**
 * Makes records of the contents of a key's window.
 *
 * @param <IN> type of the window's elements
 * @param <OUT> type of the output
 * @param <KEY> type of the key
 * @param <W> type of the window
 */
@FunctionalInterface
public interface WindowFunction<IN, OUT, KEY, W extends Window> extends Function {
  /**
   * Makes records of a window.
   *
   * @param key key of the window
   * @param window the window
   * @param input its elements; must not be changed
   * @param out takes what is emitted, with the window's greatest timestamp
   * @throws Exception to fail the task
   */
  void apply(KEY key, W window, Iterable<IN> input, Collector<OUT> out) throws Exception;
}
