package io.weir.api.datastream;

import io.weir.api.environment.StreamExecutionEnvironment;
import io.weir.api.functions.co.BroadcastProcessFunction;
import io.weir.api.functions.co.KeyedBroadcastProcessFunction;
import io.weir.api.graph.Operator;
import io.weir.api.state.MapStateDescriptor;
import io.weir.api.types.TypeInformation;
import java.util.List;

/**
 * A stream, keyed or not, joined with a broadcast stream.
 *
 * @param <IN1> type of the records of the stream
 * @param <IN2> type of the records of the broadcast stream
 */
public class BroadcastConnectedStream<IN1, IN2> {
  private final TwoStreams<IN1, IN2> streams;
  private final List<MapStateDescriptor<?, ?>> broadcastStates;

  BroadcastConnectedStream(
      StreamExecutionEnvironment environment,
      DataStream<IN1> stream,
      BroadcastStream<IN2> broadcastStream) {
    this.streams = new TwoStreams<>(environment, stream, broadcastStream.inputStream(), true);
    this.broadcastStates = broadcastStream.getBroadcastStateDescriptors();
  }

  public StreamExecutionEnvironment getExecutionEnvironment() {
    return streams.environment();
  }

  public DataStream<IN1> getFirstInput() {
    return streams.first();
  }

  /** The type of the records of the stream. */
  public TypeInformation<IN1> getType1() {
    return streams.first().getType();
  }

  /** The type of the records of the broadcast stream. */
  public TypeInformation<IN2> getType2() {
    return streams.second().getType();
  }

  /** Processes the records of a keyed stream with state of their key and the broadcast state. */
  public <KS, OUT> SingleOutputStreamOperator<OUT> process(
      KeyedBroadcastProcessFunction<KS, IN1, IN2, OUT> function) {
    return process(
        function, streams.keyedOutputType(function, KeyedBroadcastProcessFunction.class, 3));
  }

  /**
   * As {@link #process(KeyedBroadcastProcessFunction)}, for results whose type cannot be found out.
   */
  public <KS, OUT> SingleOutputStreamOperator<OUT> process(
      KeyedBroadcastProcessFunction<KS, IN1, IN2, OUT> function, TypeInformation<OUT> outputType) {
    return streams.transform(
        new Operator.KeyedBroadcastProcess<>(function, broadcastStates), outputType);
  }

  /** Processes the records of a stream without keys with the broadcast state. */
  public <OUT> SingleOutputStreamOperator<OUT> process(
      BroadcastProcessFunction<IN1, IN2, OUT> function) {
    return process(function, streams.outputType(function, BroadcastProcessFunction.class, 2));
  }

  /** As {@link #process(BroadcastProcessFunction)}, for results whose type cannot be found out. */
  public <OUT> SingleOutputStreamOperator<OUT> process(
      BroadcastProcessFunction<IN1, IN2, OUT> function, TypeInformation<OUT> outputType) {
    return streams.transform(
        new Operator.BroadcastProcess<>(function, broadcastStates), outputType);
  }
}
