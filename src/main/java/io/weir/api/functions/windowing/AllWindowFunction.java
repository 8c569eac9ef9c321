package io.weir.api.functions.windowing;

import io.weir.api.functions.Function;
import io.weir.api.types.Collector;
import io.weir.api.windowing.windows.Window;

/**
 * Makes records of the contents of a window of a stream without keys.
 *
 * @param <IN> type of the window's elements
 * @param <OUT> type of the output
 * @param <W> type of the window
 */
@FunctionalInterface
public interface AllWindowFunction<IN, OUT, W extends Window> extends Function {
  /**
   * Makes records of a window.
   *
   * @param window the window
   * @param values its elements; must not be changed
   * @param out takes what is emitted, with the window's greatest timestamp
   * @throws Exception to fail the task
   */
  void apply(W window, Iterable<IN> values, Collector<OUT> out) throws Exception;
}
