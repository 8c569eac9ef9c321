package io.weir.engine.operator.window;

import io.weir.api.functions.windowing.WindowFunction;
import io.weir.api.types.Collector;
import io.weir.api.windowing.windows.Window;

/** The results of a {@link WindowFunction}. */
public final class AppliedResults<K, V, O, W extends Window> extends WindowResults<K, V, O, W> {
  private final WindowFunction<V, O, K, W> function;

  public AppliedResults(WindowFunction<V, O, K, W> function) {
    this.function = function;
  }

  @Override
  Object function() {
    return function;
  }

  @Override
  void emit(K key, W window, Iterable<V> values, Collector<O> out) throws Exception {
    function.apply(key, window, values, out);
  }
}
