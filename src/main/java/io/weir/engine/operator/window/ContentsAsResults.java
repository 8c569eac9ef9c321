package io.weir.engine.operator.window;

import io.weir.api.types.Collector;
import io.weir.api.windowing.windows.Window;

/** The contents are the results. */
public final class ContentsAsResults<K, V, W extends Window> extends WindowResults<K, V, V, W> {

  @Override
  Object function() {
    return this;
  }

  @Override
  void emit(K key, W window, Iterable<V> values, Collector<V> out) {
    for (V value : values) {
      out.collect(value);
    }
  }
}
