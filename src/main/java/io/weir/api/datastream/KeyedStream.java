package io.weir.api.datastream;

import io.weir.api.functions.KeySelector;
import io.weir.api.functions.KeyedProcessFunction;
import io.weir.api.functions.ReduceFunction;
import io.weir.api.graph.OneInputTransformation;
import io.weir.api.graph.Operator;
import io.weir.api.graph.Partitioning;
import io.weir.api.types.TypeInformation;
import io.weir.api.windowing.assigners.GlobalWindows;
import io.weir.api.windowing.assigners.WindowAssigner;
import io.weir.api.windowing.evictors.CountEvictor;
import io.weir.api.windowing.triggers.CountTrigger;
import io.weir.api.windowing.triggers.PurgingTrigger;
import io.weir.api.windowing.windows.GlobalWindow;
import io.weir.api.windowing.windows.Window;

/**
 * A stream grouped by a key: functions on it have state and timers per key.
 *
 * <p>Fields for {@code sum}, {@code min} and the like are given by position in tuples (0 also
 * stands for a number itself), or by name in tuples ({@code "f0"}), records and classes with
 * properties; dots lead into nested ones.
 *
 * @param <T> type of the records
 * @param <K> type of the key
 */
public class KeyedStream<T, K> extends DataStream<T> {
  private final KeySelector<T, K> keySelector;
  private final TypeInformation<K> keyType;

  /**
   * Groups a stream.
   *
   * @param keyType type of the key, or null if it is not known
   */
  public KeyedStream(
      DataStream<T> dataStream, KeySelector<T, K> keySelector, TypeInformation<K> keyType) {
    super(
        dataStream.environment,
        dataStream.partitioned(new Partitioning.Hash<>(keySelector, keyType)));
    this.keySelector = keySelector;
    this.keyType = keyType;
  }

  public KeySelector<T, K> getKeySelector() {
    return keySelector;
  }

  /** The type of the key, or null if it is not known. */
  public TypeInformation<K> getKeyType() {
    return keyType;
  }

  /** Processes each record with state and timers of its key. */
  public <R> SingleOutputStreamOperator<R> process(KeyedProcessFunction<K, T, R> function) {
    return process(function, outputType(function, KeyedProcessFunction.class, 2));
  }

  /** As {@link #process(KeyedProcessFunction)}, for results whose type cannot be found out. */
  public <R> SingleOutputStreamOperator<R> process(
      KeyedProcessFunction<K, T, R> function, TypeInformation<R> outputType) {
    return transform(new Operator.KeyedProcess<>(function), outputType);
  }

  /** Windows per key. */
  public <W extends Window> WindowedStream<T, K, W> window(WindowAssigner<? super T, W> assigner) {
    return new WindowedStream<>(this, assigner);
  }

  /** Windows per key over so many records each. */
  public WindowedStream<T, K, GlobalWindow> countWindow(long size) {
    return window(GlobalWindows.create()).trigger(PurgingTrigger.of(CountTrigger.of(size)));
  }

  /** Windows per key over the last {@code size} records at every {@code slide} records. */
  public WindowedStream<T, K, GlobalWindow> countWindow(long size, long slide) {
    return window(GlobalWindows.create())
        .evictor(CountEvictor.of(size))
        .trigger(CountTrigger.of(slide));
  }

  /** Combines each record with the result so far of its key, and gives the new result. */
  public SingleOutputStreamOperator<T> reduce(ReduceFunction<T> reducer) {
    return transform(new Operator.Reduce<>(reducer), transformation.outputType());
  }

  /** The running sum of a field. */
  public SingleOutputStreamOperator<T> sum(int positionToSum) {
    return aggregate(FieldAggregation.sum(field(positionToSum)));
  }

  /** The running sum of a field. */
  public SingleOutputStreamOperator<T> sum(String field) {
    return aggregate(FieldAggregation.sum(field(field)));
  }

  /** The running minimum of a field; the other fields are those of the first record. */
  public SingleOutputStreamOperator<T> min(int positionToMin) {
    return aggregate(FieldAggregation.min(field(positionToMin)));
  }

  /** The running minimum of a field; the other fields are those of the first record. */
  public SingleOutputStreamOperator<T> min(String field) {
    return aggregate(FieldAggregation.min(field(field)));
  }

  /** The running maximum of a field; the other fields are those of the first record. */
  public SingleOutputStreamOperator<T> max(int positionToMax) {
    return aggregate(FieldAggregation.max(field(positionToMax)));
  }

  /** The running maximum of a field; the other fields are those of the first record. */
  public SingleOutputStreamOperator<T> max(String field) {
    return aggregate(FieldAggregation.max(field(field)));
  }

  /** The record with the least value of a field so far; the first of equal ones. */
  public SingleOutputStreamOperator<T> minBy(int positionToMinBy) {
    return minBy(positionToMinBy, true);
  }

  /** The record with the least value of a field so far; the first of equal ones. */
  public SingleOutputStreamOperator<T> minBy(String field) {
    return minBy(field, true);
  }

  /** As {@link #minBy(int)}, with a choice between the first and the last of equal ones. */
  public SingleOutputStreamOperator<T> minBy(int positionToMinBy, boolean first) {
    return aggregate(FieldAggregation.minBy(field(positionToMinBy), first));
  }

  /** As {@link #minBy(String)}, with a choice between the first and the last of equal ones. */
  public SingleOutputStreamOperator<T> minBy(String field, boolean first) {
    return aggregate(FieldAggregation.minBy(field(field), first));
  }

  /** The record with the greatest value of a field so far; the first of equal ones. */
  public SingleOutputStreamOperator<T> maxBy(int positionToMaxBy) {
    return maxBy(positionToMaxBy, true);
  }

  /** The record with the greatest value of a field so far; the first of equal ones. */
  public SingleOutputStreamOperator<T> maxBy(String field) {
    return maxBy(field, true);
  }

  /** As {@link #maxBy(int)}, with a choice between the first and the last of equal ones. */
  public SingleOutputStreamOperator<T> maxBy(int positionToMaxBy, boolean first) {
    return aggregate(FieldAggregation.maxBy(field(positionToMaxBy), first));
  }

  /** As {@link #maxBy(String)}, with a choice between the first and the last of equal ones. */
  public SingleOutputStreamOperator<T> maxBy(String field, boolean first) {
    return aggregate(FieldAggregation.maxBy(field(field), first));
  }

  private FieldAccessor<T> field(int position) {
    return FieldAccessor.at(position, transformation.outputType());
  }

  private FieldAccessor<T> field(String name) {
    return FieldAccessor.named(name, transformation.outputType());
  }

  private SingleOutputStreamOperator<T> aggregate(FieldAggregation<T> aggregation) {
    return reduce(aggregation).name("Keyed Aggregation");
  }

  @Override
  <R> OneInputTransformation<T, R> describe(Operator operator, TypeInformation<R> outputType) {
    return new OneInputTransformation<>(
        environment.nextTransformationId(),
        operator.defaultName(),
        transformation,
        operator,
        keySelector,
        keyType,
        outputType);
  }
}
