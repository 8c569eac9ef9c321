package io.weir.api.datastream;

import io.weir.api.environment.StreamExecutionEnvironment;
import io.weir.api.functions.KeySelector;
import io.weir.api.functions.co.CoFlatMapFunction;
import io.weir.api.functions.co.CoMapFunction;
import io.weir.api.functions.co.CoProcessFunction;
import io.weir.api.functions.co.KeyedCoProcessFunction;
import io.weir.api.graph.Operator;
import io.weir.api.types.TypeInformation;

/**
 * Two streams that one operator processes, which may share state.
 *
 * @param <IN1> type of the records of the first stream
 * @param <IN2> type of the records of the second stream
 */
public class ConnectedStreams<IN1, IN2> {
  private final TwoStreams<IN1, IN2> streams;

  ConnectedStreams(
      StreamExecutionEnvironment environment, DataStream<IN1> first, DataStream<IN2> second) {
    this.streams = new TwoStreams<>(environment, first, second, false);
  }

  public StreamExecutionEnvironment getExecutionEnvironment() {
    return streams.environment();
  }

  public DataStream<IN1> getFirstInput() {
    return streams.first();
  }

  public DataStream<IN2> getSecondInput() {
    return streams.second();
  }

  /** The type of the records of the first stream. */
  public TypeInformation<IN1> getType1() {
    return streams.first().getType();
  }

  /** The type of the records of the second stream. */
  public TypeInformation<IN2> getType2() {
    return streams.second().getType();
  }

  /** Groups both streams by keys of one type. */
  public <KEY> ConnectedStreams<IN1, IN2> keyBy(
      KeySelector<IN1, KEY> keySelector1, KeySelector<IN2, KEY> keySelector2) {
    return new ConnectedStreams<>(
        streams.environment(),
        streams.first().keyBy(keySelector1),
        streams.second().keyBy(keySelector2));
  }

  /** As {@link #keyBy(KeySelector, KeySelector)}, for keys whose type cannot be found out. */
  public <KEY> ConnectedStreams<IN1, IN2> keyBy(
      KeySelector<IN1, KEY> keySelector1,
      KeySelector<IN2, KEY> keySelector2,
      TypeInformation<KEY> keyType) {
    return new ConnectedStreams<>(
        streams.environment(),
        streams.first().keyBy(keySelector1, keyType),
        streams.second().keyBy(keySelector2, keyType));
  }

  /** Makes one record of each record of either stream. */
  public <R> SingleOutputStreamOperator<R> map(CoMapFunction<IN1, IN2, R> coMapper) {
    return map(coMapper, streams.outputType(coMapper, CoMapFunction.class, 2));
  }

  /** As {@link #map(CoMapFunction)}, for a result whose type cannot be found out. */
  public <R> SingleOutputStreamOperator<R> map(
      CoMapFunction<IN1, IN2, R> coMapper, TypeInformation<R> outputType) {
    return streams.transform(new Operator.CoMap<>(coMapper), outputType);
  }

  /** Makes any number of records of each record of either stream. */
  public <R> SingleOutputStreamOperator<R> flatMap(CoFlatMapFunction<IN1, IN2, R> coFlatMapper) {
    return flatMap(coFlatMapper, streams.outputType(coFlatMapper, CoFlatMapFunction.class, 2));
  }

  /** As {@link #flatMap(CoFlatMapFunction)}, for results whose type cannot be found out. */
  public <R> SingleOutputStreamOperator<R> flatMap(
      CoFlatMapFunction<IN1, IN2, R> coFlatMapper, TypeInformation<R> outputType) {
    return streams.transform(new Operator.CoFlatMap<>(coFlatMapper), outputType);
  }

  /** Processes each record of either stream, with access to time and side outputs. */
  public <R> SingleOutputStreamOperator<R> process(CoProcessFunction<IN1, IN2, R> function) {
    return process(function, streams.outputType(function, CoProcessFunction.class, 2));
  }

  /** As {@link #process(CoProcessFunction)}, for results whose type cannot be found out. */
  public <R> SingleOutputStreamOperator<R> process(
      CoProcessFunction<IN1, IN2, R> function, TypeInformation<R> outputType) {
    return streams.transform(new Operator.CoProcess<>(function), outputType);
  }

  /** Processes each record of either keyed stream, with state and timers of its key. */
  public <K, R> SingleOutputStreamOperator<R> process(
      KeyedCoProcessFunction<K, IN1, IN2, R> function) {
    return process(function, streams.keyedOutputType(function, KeyedCoProcessFunction.class, 3));
  }

  /** As {@link #process(KeyedCoProcessFunction)}, for results whose type cannot be found out. */
  public <K, R> SingleOutputStreamOperator<R> process(
      KeyedCoProcessFunction<K, IN1, IN2, R> function, TypeInformation<R> outputType) {
    return streams.transform(new Operator.KeyedCoProcess<>(function), outputType);
  }
}
