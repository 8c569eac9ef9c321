package io.weir.engine.operator.window;

import io.weir.api.functions.windowing.ProcessWindowFunction;
import io.weir.api.state.KeyedStateStore;
import io.weir.api.types.Collector;
import io.weir.api.types.OutputTag;
import io.weir.api.windowing.windows.Window;
import io.weir.engine.operator.function.TimestampedCollector;

/** The results of a {@link ProcessWindowFunction}. */
public final class ProcessedResults<K, V, O, W extends Window> extends WindowResults<K, V, O, W> {
  private final ProcessWindowFunction<V, O, K, W> function;
  private FunctionSurroundings<W> surroundings;
  private WindowContext context;

  public ProcessedResults(ProcessWindowFunction<V, O, K, W> function) {
    this.function = function;
  }

  @Override
  Object function() {
    return function;
  }

  @Override
  void initialize(
      WindowSurroundings<K, W> windowSurroundings,
      boolean merging,
      TimestampedCollector<O> collector) {
    surroundings = new FunctionSurroundings<>(windowSurroundings, merging, collector);
    context = new WindowContext(function);
  }

  @Override
  void emit(K key, W window, Iterable<V> values, Collector<O> out) throws Exception {
    surroundings.setWindow(window);
    function.process(key, context, values, out);
  }

  @Override
  void clear(W window) throws Exception {
    surroundings.setWindow(window);
    function.clear(context);
  }

  private final class WindowContext extends ProcessWindowFunction<V, O, K, W>.Context {
    WindowContext(ProcessWindowFunction<V, O, K, W> function) {
      function.super();
    }

    @Override
    public W window() {
      return surroundings.window();
    }

    @Override
    public long currentProcessingTime() {
      return surroundings.currentProcessingTime();
    }

    @Override
    public long currentWatermark() {
      return surroundings.currentWatermark();
    }

    @Override
    public KeyedStateStore windowState() {
      return surroundings.windowState();
    }

    @Override
    public KeyedStateStore globalState() {
      return surroundings.globalState();
    }

    @Override
    public <X> void output(OutputTag<X> outputTag, X value) {
      surroundings.output(outputTag, value);
    }
  }
}
