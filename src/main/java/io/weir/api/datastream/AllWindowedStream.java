package io.weir.api.datastream;

import io.weir.api.functions.AggregateFunction;
import io.weir.api.functions.ReduceFunction;
import io.weir.api.functions.windowing.AllWindowFunction;
import io.weir.api.functions.windowing.ProcessAllWindowFunction;
import io.weir.api.graph.WindowAggregation;
import io.weir.api.graph.WindowOutput;
import io.weir.api.types.OutputTag;
import io.weir.api.types.TypeExtraction;
import io.weir.api.types.TypeInformation;
import io.weir.api.types.Types;
import io.weir.api.windowing.assigners.WindowAssigner;
import io.weir.api.windowing.evictors.Evictor;
import io.weir.api.windowing.time.Time;
import io.weir.api.windowing.triggers.Trigger;
import io.weir.api.windowing.windows.Window;
import java.time.Duration;

/**
 * The windows of a stream without keys: one subtask sees the records of all keys. What gives
 * results ends the description.
 *
 * @param <T> type of the records
 * @param <W> type of the windows
 */
public class AllWindowedStream<T, W extends Window> {
  private final KeyedStream<T, Byte> input;
  private final WindowSettings<T, W> settings;

  /** Begins the description of the windows of a stream. */
  public AllWindowedStream(DataStream<T> input, WindowAssigner<? super T, W> assigner) {
    this.input = input.keyBy(new NullByteKeySelector<>(), Types.BYTE);
    this.settings = new WindowSettings<>(assigner);
  }

  /**
   * Sets when windows give results, instead of the assigner's default.
   *
   * @throws UnsupportedOperationException if the windows merge and the trigger cannot
   */
  public AllWindowedStream<T, W> trigger(Trigger<? super T, ? super W> trigger) {
    settings.trigger(trigger);
    return this;
  }

  /** Sets what removes records from windows; all records are then kept until the window ends. */
  public AllWindowedStream<T, W> evictor(Evictor<? super T, ? super W> evictor) {
    settings.evictor(evictor);
    return this;
  }

  /**
   * Sets how long after its end a window still takes late records, each of which fires it again.
   */
  public AllWindowedStream<T, W> allowedLateness(Duration lateness) {
    settings.allowedLateness(lateness);
    return this;
  }

  /** As {@link #allowedLateness(Duration)}. */
  public AllWindowedStream<T, W> allowedLateness(Time lateness) {
    return allowedLateness(lateness.toDuration());
  }

  /** Sets the side output for records that come after their window is gone. */
  public AllWindowedStream<T, W> sideOutputLateData(OutputTag<T> outputTag) {
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
      ReduceFunction<T> reduceFunction, AllWindowFunction<T, R, W> function) {
    return reduce(
        reduceFunction,
        function,
        outputType(function, AllWindowFunction.class, input.getTransformation().outputType()));
  }

  /**
   * As {@link #reduce(ReduceFunction, AllWindowFunction)}, for results whose type cannot be found
   * out.
   */
  public <R> SingleOutputStreamOperator<R> reduce(
      ReduceFunction<T> reduceFunction,
      AllWindowFunction<T, R, W> function,
      TypeInformation<R> resultType) {
    return result(
        new WindowAggregation.Reducing<>(
            WindowSettings.notRich(reduceFunction), new WindowOutput.ApplyAll<>(function)),
        resultType);
  }

  /** Combines the records of a window into one, and makes results of that. */
  public <R> SingleOutputStreamOperator<R> reduce(
      ReduceFunction<T> reduceFunction, ProcessAllWindowFunction<T, R, W> function) {
    return reduce(
        reduceFunction,
        function,
        outputType(
            function, ProcessAllWindowFunction.class, input.getTransformation().outputType()));
  }

  /**
   * As {@link #reduce(ReduceFunction, ProcessAllWindowFunction)}, for results whose type cannot be
   * found out.
   */
  public <R> SingleOutputStreamOperator<R> reduce(
      ReduceFunction<T> reduceFunction,
      ProcessAllWindowFunction<T, R, W> function,
      TypeInformation<R> resultType) {
    return result(
        new WindowAggregation.Reducing<>(
            WindowSettings.notRich(reduceFunction), new WindowOutput.ProcessAll<>(function)),
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
      AggregateFunction<T, ACC, V> aggregateFunction, AllWindowFunction<V, R, W> windowFunction) {
    TypeInformation<V> aggregateType = aggregateType(aggregateFunction);
    return aggregate(
        aggregateFunction,
        windowFunction,
        accumulatorType(aggregateFunction),
        outputType(windowFunction, AllWindowFunction.class, aggregateType));
  }

  /**
   * As {@link #aggregate(AggregateFunction, AllWindowFunction)}, for types that cannot be found
   * out.
   */
  public <ACC, V, R> SingleOutputStreamOperator<R> aggregate(
      AggregateFunction<T, ACC, V> aggregateFunction,
      AllWindowFunction<V, R, W> windowFunction,
      TypeInformation<ACC> accumulatorType,
      TypeInformation<R> resultType) {
    return result(
        new WindowAggregation.Aggregating<>(
            WindowSettings.notRich(aggregateFunction),
            accumulatorType,
            new WindowOutput.ApplyAll<>(windowFunction)),
        resultType);
  }

  /** Adds the records of a window to an accumulator, and makes results of its value. */
  public <ACC, V, R> SingleOutputStreamOperator<R> aggregate(
      AggregateFunction<T, ACC, V> aggregateFunction,
      ProcessAllWindowFunction<V, R, W> windowFunction) {
    TypeInformation<V> aggregateType = aggregateType(aggregateFunction);
    return aggregate(
        aggregateFunction,
        windowFunction,
        accumulatorType(aggregateFunction),
        aggregateType,
        outputType(windowFunction, ProcessAllWindowFunction.class, aggregateType));
  }

  /**
   * As {@link #aggregate(AggregateFunction, ProcessAllWindowFunction)}, for types that cannot be
   * found out.
   */
  public <ACC, V, R> SingleOutputStreamOperator<R> aggregate(
      AggregateFunction<T, ACC, V> aggregateFunction,
      ProcessAllWindowFunction<V, R, W> windowFunction,
      TypeInformation<ACC> accumulatorType,
      TypeInformation<V> aggregateResultType,
      TypeInformation<R> resultType) {
    return result(
        new WindowAggregation.Aggregating<>(
            WindowSettings.notRich(aggregateFunction),
            accumulatorType,
            new WindowOutput.ProcessAll<>(windowFunction)),
        resultType);
  }

  /** Makes results of all records of a window. */
  public <R> SingleOutputStreamOperator<R> apply(AllWindowFunction<T, R, W> function) {
    return apply(
        function,
        outputType(function, AllWindowFunction.class, input.getTransformation().outputType()));
  }

  /** As {@link #apply(AllWindowFunction)}, for results whose type cannot be found out. */
  public <R> SingleOutputStreamOperator<R> apply(
      AllWindowFunction<T, R, W> function, TypeInformation<R> resultType) {
    return result(
        new WindowAggregation.Collecting(new WindowOutput.ApplyAll<>(function)), resultType);
  }

  /** Makes results of all records of a window, with access to state and side outputs. */
  public <R> SingleOutputStreamOperator<R> process(ProcessAllWindowFunction<T, R, W> function) {
    return process(
        function,
        outputType(
            function, ProcessAllWindowFunction.class, input.getTransformation().outputType()));
  }

  /** As {@link #process(ProcessAllWindowFunction)}, for results whose type cannot be found out. */
  public <R> SingleOutputStreamOperator<R> process(
      ProcessAllWindowFunction<T, R, W> function, TypeInformation<R> resultType) {
    return result(
        new WindowAggregation.Collecting(new WindowOutput.ProcessAll<>(function)), resultType);
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
    return TypeExtraction.<R>outputType(function, functionType, 1, contentsType).orElse(null);
  }

  private <R> SingleOutputStreamOperator<R> result(
      WindowAggregation aggregation, TypeInformation<R> resultType) {
    return input.transform(settings.with(aggregation), resultType).forceNonParallel();
  }
}
