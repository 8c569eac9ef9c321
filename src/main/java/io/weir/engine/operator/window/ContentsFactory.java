package io.weir.engine.operator.window;

import io.weir.api.functions.AggregateFunction;
import io.weir.api.functions.ReduceFunction;
import io.weir.api.state.AggregatingStateDescriptor;
import io.weir.api.state.ListStateDescriptor;
import io.weir.api.state.ReducingStateDescriptor;
import io.weir.api.types.Tuple2;
import io.weir.api.types.TypeInformation;
import io.weir.api.types.Types;
import io.weir.api.windowing.evictors.Evictor;
import io.weir.api.windowing.windows.Window;
import java.util.List;

/**
 * How a window operator makes its contents once it has its state.
 *
 * @param <T> the type of record
 * @param <V> the type of what a firing window gives
 * @param <W> the type of window
 */
@FunctionalInterface
public interface ContentsFactory<T, V, W extends Window> {
  /** The name of the state that holds the contents. */
  String STATE_NAME = "window-contents";

  /** Makes the contents. */
  WindowContents<T, V, W> create(WindowSurroundings<?, W> surroundings);

  /** Keeps one record that stands for all. */
  static <T, W extends Window> ContentsFactory<T, T, W> reducing(
      ReduceFunction<T> function, TypeInformation<T> type) {
    return surroundings ->
        new AggregatedContents<>(
            surroundings.state(new ReducingStateDescriptor<>(STATE_NAME, function, type)));
  }

  /** Keeps an accumulator. */
  static <T, A, V, W extends Window> ContentsFactory<T, V, W> aggregating(
      AggregateFunction<T, A, V> function, TypeInformation<A> accumulatorType) {
    return surroundings ->
        new AggregatedContents<>(
            surroundings.state(
                new AggregatingStateDescriptor<>(STATE_NAME, function, accumulatorType)));
  }

  /** Keeps all records. */
  static <T, W extends Window> ContentsFactory<T, T, W> collecting(TypeInformation<T> type) {
    return surroundings ->
        new CollectedContents<>(surroundings.state(new ListStateDescriptor<>(STATE_NAME, type)));
  }

  /**
   * Keeps all records, less those that the evictor takes, and reduces what is left when the window
   * fires.
   */
  static <T, W extends Window> ContentsFactory<T, T, W> evictingReducing(
      Evictor<T, W> evictor, ReduceFunction<T> function, TypeInformation<T> type) {
    return evicting(evictor, type, values -> reduce(function, values));
  }

  /**
   * Keeps all records, less those that the evictor takes, and aggregates what is left when the
   * window fires.
   */
  static <T, A, V, W extends Window> ContentsFactory<T, V, W> evictingAggregating(
      Evictor<T, W> evictor, AggregateFunction<T, A, V> function, TypeInformation<T> type) {
    return evicting(evictor, type, values -> aggregate(function, values));
  }

  /** Keeps all records, less those that the evictor takes. */
  static <T, W extends Window> ContentsFactory<T, T, W> evictingCollecting(
      Evictor<T, W> evictor, TypeInformation<T> type) {
    return evicting(evictor, type, values -> values);
  }

  private static <T, V, W extends Window> ContentsFactory<T, V, W> evicting(
      Evictor<T, W> evictor, TypeInformation<T> type, EvictedContents.Projection<T, V> projection) {
    TypeInformation<Tuple2<Long, T>> stored = Types.TUPLE(Types.LONG, type);
    return surroundings ->
        new EvictedContents<>(
            surroundings.state(new ListStateDescriptor<>(STATE_NAME, stored)),
            evictor,
            surroundings,
            projection);
  }

  private static <T> Iterable<T> reduce(ReduceFunction<T> function, List<T> values)
      throws Exception {
    T reduced = null;
    for (T value : values) {
      reduced = reduced == null ? value : function.reduce(reduced, value);
    }
    return reduced == null ? List.of() : List.of(reduced);
  }

  private static <T, A, V> Iterable<V> aggregate(
      AggregateFunction<T, A, V> function, List<T> values) {
    A accumulator = function.createAccumulator();
    for (T value : values) {
      accumulator = function.add(value, accumulator);
    }
    return List.of(function.getResult(accumulator));
  }
}
