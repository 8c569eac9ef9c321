package io.weir.engine.operator.window;

import io.weir.api.functions.windowing.AllWindowFunction;
import io.weir.api.types.Collector;
import io.weir.api.windowing.windows.Window;

/** The results of an {@link AllWindowFunction}. */
public final class AllAppliedResults<K, V, O, W extends Window> extends WindowResults<K, V, O, W> {
  private final AllWindowFunction<V, O, W> function;

  public AllAppliedResults(AllWindowFunction<V, O, W> function) {
    this.function = function;
  }

  @Override
  Object function() {
    return function;
  }

  @Override
  void emit(K key, W window, Iterable<V> values, Collector<O> out) throws Exception {
    function.apply(window, values, out);
  }
}
