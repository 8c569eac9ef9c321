package io.weir.api.datastream;

import io.weir.api.functions.AggregateFunction;
import io.weir.api.functions.ReduceFunction;
import io.weir.api.functions.windowing.ProcessWindowFunction;
import io.weir.api.functions.windowing.WindowFunction;
import io.weir.api.graph.WindowAggregation;
import io.weir.api.graph.WindowOutput;
import io.weir.api.types.OutputTag;
import io.weir.api.types.TypeExtraction;
import io.weir.api.types.TypeInformation;
import io.weir.api.windowing.assigners.WindowAssigner;
import io.weir.api.windowing.evictors.Evictor;
import io.weir.api.windowing.time.Time;
import io.weir.api.windowing.triggers.Trigger;
import io.weir.api.windowing.windows.Window;
import java.time.Duration;

/**
 * The windows of a keyed stream. What gives results ends the description.
 *
 * @param <T> type of the records
 * @param <K> type of the key
 * @param <W> type of the windows
 */
public class WindowedStream<T, K, W extends Window> {
  private final KeyedStream<T, K> input;
  private final WindowSettings<T, W> settings;

  /** Begins the description of the windows of a stream. */
  public WindowedStream(KeyedStream<T, K> input, WindowAssigner<? super T, W> assigner) {
    this.input = input;
    this.settings = new WindowSettings<>(assigner);
  }

  /**
   * Sets when windows give results, instead of the assigner's default.
   *
   * @throws UnsupportedOperationException if the windows merge and the trigger cannot
   */
  public WindowedStream<T, K, W> trigger(Trigger<? super T, ? super W> trigger) {
    settings.trigger(trigger);
    return this;
  }

  /** Sets what removes records from windows; all records are then kept until the window ends. */
  public WindowedStream<T, K, W> evictor(Evictor<? super T, ? super W> evictor) {
    settings.evictor(evictor);
    return this;
  }

  /**
   * Sets how long after its end a window still takes late records, each of which fires it again.
   */
  public WindowedStream<T, K, W> allowedLateness(Duration lateness) {
    settings.allowedLateness(lateness);
    return this;
  }

  /** As {@link #allowedLateness(Duration)}. */
  public WindowedStream<T, K, W> allowedLateness(Time lateness) {
    return allowedLateness(lateness.toDuration());
  }

  /** Sets the side output for records that come after their window is gone. */
  public WindowedStream<T, K, W> sideOutputLateData(OutputTag<T> outputTag) {
    settings.sideOutputLateData(outputTag);
    return this;
  }

  /** Combines the records of a window into one. */
  public SingleOutputStreamOperator<T> reduce(ReduceFunction<T> function) {
    return result(
        new WindowAggregation.Reducing<>(WindowSettings.notRich(function), null),
        input.getTransformation().outputType());
  }

  /** Combines the records of a window into one, and makes results of that. */
  public <R> SingleOutputStreamOperator<R> reduce(
      ReduceFunction<T> reduceFunction, WindowFunction<T, R, K, W> function) {
    return reduce(
        reduceFunction,
        function,
        outputType(function, WindowFunction.class, input.getTransformation().outputType()));
  }

  /**
   * As {@link #reduce(ReduceFunction, WindowFunction)}, for results whose type cannot be found out.
   */
  public <R> SingleOutputStreamOperator<R> reduce(
      ReduceFunction<T> reduceFunction,
      WindowFunction<T, R, K, W> function,
      TypeInformation<R> resultType) {
    return result(
        new WindowAggregation.Reducing<>(
            WindowSettings.notRich(reduceFunction), new WindowOutput.Apply<>(function)),
        resultType);
  }

  /** Combines the records of a window into one, and makes results of that. */
  public <R> SingleOutputStreamOperator<R> reduce(
      ReduceFunction<T> reduceFunction, ProcessWindowFunction<T, R, K, W> function) {
    return reduce(
        reduceFunction,
        function,
        outputType(function, ProcessWindowFunction.class, input.getTransformation().outputType()));
  }

  /**
   * As {@link #reduce(ReduceFunction, ProcessWindowFunction)}, for results whose type cannot be
   * found out.
   */
  public <R> SingleOutputStreamOperator<R> reduce(
      ReduceFunction<T> reduceFunction,
      ProcessWindowFunction<T, R, K, W> function,
      TypeInformation<R> resultType) {
    return result(
        new WindowAggregation.Reducing<>(
            WindowSettings.notRich(reduceFunction), new WindowOutput.Process<>(function)),
        resultType);
  }

  /** Adds the records of a window to an accumulator. */
  public <ACC, R> SingleOutputStreamOperator<R> aggregate(AggregateFunction<T, ACC, R> function) {
    return aggregate(function, accumulatorType(function), aggregateType(function));
  }

  /** As {@link #aggregate(AggregateFunction)}, for types that cannot be found out. */
  public <ACC, R> SingleOutputStreamOperator<R> aggregate(
      AggregateFunction<T, ACC, R> function,
      TypeInformation<ACC> accumulatorType,
      TypeInformation<R> resultType) {
    return result(
        new WindowAggregation.Aggregating<>(
            WindowSettings.notRich(function), accumulatorType, null),
        resultType);
  }

  /** Adds the records of a window to an accumulator, and makes results of its value. */
  public <ACC, V, R> SingleOutputStreamOperator<R> aggregate(
      AggregateFunction<T, ACC, V> aggregateFunction, WindowFunction<V, R, K, W> windowFunction) {
    TypeInformation<V> aggregateType = aggregateType(aggregateFunction);
    return aggregate(
        aggregateFunction,
        windowFunction,
        accumulatorType(aggregateFunction),
        outputType(windowFunction, WindowFunction.class, aggregateType));
  }

  /**
   * As {@link #aggregate(AggregateFunction, WindowFunction)}, for types that cannot be found out.
   */
  public <ACC, V, R> SingleOutputStreamOperator<R> aggregate(
      AggregateFunction<T, ACC, V> aggregateFunction,
      WindowFunction<V, R, K, W> windowFunction,
      TypeInformation<ACC> accumulatorType,
      TypeInformation<R> resultType) {
    return result(
        new WindowAggregation.Aggregating<>(
            WindowSettings.notRich(aggregateFunction),
            accumulatorType,
            new WindowOutput.Apply<>(windowFunction)),
        resultType);
  }

  /** Adds the records of a window to an accumulator, and makes results of its value. */
  public <ACC, V, R> SingleOutputStreamOperator<R> aggregate(
      AggregateFunction<T, ACC, V> aggregateFunction,
      ProcessWindowFunction<V, R, K, W> windowFunction) {
    TypeInformation<V> aggregateType = aggregateType(aggregateFunction);
    return aggregate(
        aggregateFunction,
        windowFunction,
        accumulatorType(aggregateFunction),
        aggregateType,
        outputType(windowFunction, ProcessWindowFunction.class, aggregateType));
  }

  /**
   * As {@link #aggregate(AggregateFunction, ProcessWindowFunction)}, for types that cannot be found
   * out.
   */
  public <ACC, V, R> SingleOutputStreamOperator<R> aggregate(
      AggregateFunction<T, ACC, V> aggregateFunction,
      ProcessWindowFunction<V, R, K, W> windowFunction,
      TypeInformation<ACC> accumulatorType,
      TypeInformation<V> aggregateResultType,
      TypeInformation<R> resultType) {
    return result(
        new WindowAggregation.Aggregating<>(
            WindowSettings.notRich(aggregateFunction),
            accumulatorType,
            new WindowOutput.Process<>(windowFunction)),
        resultType);
  }

  /** Makes results of all records of a window. */
  public <R> SingleOutputStreamOperator<R> apply(WindowFunction<T, R, K, W> function) {
    return apply(
        function,
        outputType(function, WindowFunction.class, input.getTransformation().outputType()));
  }

  /** As {@link #apply(WindowFunction)}, for results whose type cannot be found out. */
  public <R> SingleOutputStreamOperator<R> apply(
      WindowFunction<T, R, K, W> function, TypeInformation<R> resultType) {
    return result(new WindowAggregation.Collecting(new WindowOutput.Apply<>(function)), resultType);
  }

  /** Makes results of all records of a window, with access to state and side outputs. */
  public <R> SingleOutputStreamOperator<R> process(ProcessWindowFunction<T, R, K, W> function) {
    return process(
        function,
        outputType(function, ProcessWindowFunction.class, input.getTransformation().outputType()));
  }

  /** As {@link #process(ProcessWindowFunction)}, for results whose type cannot be found out. */
  public <R> SingleOutputStreamOperator<R> process(
      ProcessWindowFunction<T, R, K, W> function, TypeInformation<R> resultType) {
    return result(
        new WindowAggregation.Collecting(new WindowOutput.Process<>(function)), resultType);
  }

  /** The sum of a field; the other fields are those of the first record. */
  public SingleOutputStreamOperator<T> sum(int position) {
    return reduce(FieldAggregation.sum(field(position)));
  }

  /** The sum of a field; the other fields are those of the first record. */
  public SingleOutputStreamOperator<T> sum(String field) {
    return reduce(FieldAggregation.sum(field(field)));
  }

  /** The minimum of a field; the other fields are those of the first record. */
  public SingleOutputStreamOperator<T> min(int position) {
    return reduce(FieldAggregation.min(field(position)));
  }

  /** The minimum of a field; the other fields are those of the first record. */
  public SingleOutputStreamOperator<T> min(String field) {
    return reduce(FieldAggregation.min(field(field)));
  }

  /** The maximum of a field; the other fields are those of the first record. */
  public SingleOutputStreamOperator<T> max(int position) {
    return reduce(FieldAggregation.max(field(position)));
  }

  /** The maximum of a field; the other fields are those of the first record. */
  public SingleOutputStreamOperator<T> max(String field) {
    return reduce(FieldAggregation.max(field(field)));
  }

  /** The record with the least value of a field; the first of equal ones. */
  public SingleOutputStreamOperator<T> minBy(int position) {
    return minBy(position, true);
  }

  /** As {@link #minBy(int)}, with a choice between the first and the last of equal ones. */
  public SingleOutputStreamOperator<T> minBy(int position, boolean first) {
    return reduce(FieldAggregation.minBy(field(position), first));
  }

  /** The record with the least value of a field; the first of equal ones. */
  public SingleOutputStreamOperator<T> minBy(String field) {
    return minBy(field, true);
  }

  /** As {@link #minBy(String)}, with a choice between the first and the last of equal ones. */
  public SingleOutputStreamOperator<T> minBy(String field, boolean first) {
    return reduce(FieldAggregation.minBy(field(field), first));
  }

  /** The record with the greatest value of a field; the first of equal ones. */
  public SingleOutputStreamOperator<T> maxBy(int position) {
    return maxBy(position, true);
  }

  /** As {@link #maxBy(int)}, with a choice between the first and the last of equal ones. */
  public SingleOutputStreamOperator<T> maxBy(int position, boolean first) {
    return reduce(FieldAggregation.maxBy(field(position), first));
  }

  /** The record with the greatest value of a field; the first of equal ones. */
  public SingleOutputStreamOperator<T> maxBy(String field) {
    return maxBy(field, true);
  }

  /** As {@link #maxBy(String)}, with a choice between the first and the last of equal ones. */
  public SingleOutputStreamOperator<T> maxBy(String field, boolean first) {
    return reduce(FieldAggregation.maxBy(field(field), first));
  }

  private FieldAccessor<T> field(int position) {
    return FieldAccessor.at(position, input.getTransformation().outputType());
  }

  private FieldAccessor<T> field(String name) {
    return FieldAccessor.named(name, input.getTransformation().outputType());
  }

  private <ACC> TypeInformation<ACC> accumulatorType(AggregateFunction<T, ACC, ?> function) {
    return TypeExtraction.<ACC>typeArgument(
            function, AggregateFunction.class, 1, input.getTransformation().outputType())
        .orElse(null);
  }

  private <V> TypeInformation<V> aggregateType(AggregateFunction<T, ?, V> function) {
    return TypeExtraction.<V>outputType(
            function, AggregateFunction.class, 2, input.getTransformation().outputType())
        .orElse(null);
  }

  /** The second type parameter of window functions is what they give. */
  private <R> TypeInformation<R> outputType(
      Object function, Class<?> functionType, TypeInformation<?> contentsType) {
    return TypeExtraction.<R>outputType(
            function, functionType, 1, contentsType, null, input.getKeyType())
        .orElse(null);
  }

  private <R> SingleOutputStreamOperator<R> result(
      WindowAggregation aggregation, TypeInformation<R> resultType) {
    return input.transform(settings.with(aggregation), resultType);
  }
}
