package io.weir.api.datastream;

import io.weir.api.connector.Sink;
import io.weir.api.environment.StreamExecutionEnvironment;
import io.weir.api.eventtime.WatermarkStrategy;
import io.weir.api.functions.FilterFunction;
import io.weir.api.functions.FlatMapFunction;
import io.weir.api.functions.KeySelector;
import io.weir.api.functions.MapFunction;
import io.weir.api.functions.Partitioner;
import io.weir.api.functions.ProcessFunction;
import io.weir.api.graph.OneInputTransformation;
import io.weir.api.graph.Operator;
import io.weir.api.graph.PartitionTransformation;
import io.weir.api.graph.Partitioning;
import io.weir.api.graph.SinkTransformation;
import io.weir.api.graph.Transformation;
import io.weir.api.graph.UnionTransformation;
import io.weir.api.state.MapStateDescriptor;
import io.weir.api.types.InvalidTypesException;
import io.weir.api.types.TypeExtraction;
import io.weir.api.types.TypeInformation;
import io.weir.api.windowing.assigners.GlobalWindows;
import io.weir.api.windowing.assigners.WindowAssigner;
import io.weir.api.windowing.evictors.CountEvictor;
import io.weir.api.windowing.triggers.CountTrigger;
import io.weir.api.windowing.triggers.PurgingTrigger;
import io.weir.api.windowing.windows.GlobalWindow;
import io.weir.api.windowing.windows.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A stream of records of one type.
 *
 * @param <T> type of the records
 */
public class DataStream<T> {
  protected final StreamExecutionEnvironment environment;
  protected final Transformation<T> transformation;

  /** Creates the stream of what a transformation gives. */
  public DataStream(StreamExecutionEnvironment environment, Transformation<T> transformation) {
    this.environment = Objects.requireNonNull(environment, "environment");
    this.transformation = Objects.requireNonNull(transformation, "transformation");
  }

  /** The number of the node in the graph. */
  public int getId() {
    return transformation.id();
  }

  /** The parallelism of the operator that gives this stream. */
  public int getParallelism() {
    int parallelism = transformation.parallelism();
    return parallelism == Transformation.PARALLELISM_DEFAULT
        ? environment.getParallelism()
        : parallelism;
  }

  /**
   * The type of the records.
   *
   * @throws InvalidTypesException if it is not known
   */
  public TypeInformation<T> getType() {
    TypeInformation<T> type = transformation.outputType();
    if (type == null) {
      throw new InvalidTypesException(
          "The type of the records of '"
              + transformation.name()
              + "' is unknown. Call returns(...) on it, or use a class instead of a lambda.");
    }
    return type;
  }

  public StreamExecutionEnvironment getExecutionEnvironment() {
    return environment;
  }

  /** The node of the graph. */
  public Transformation<T> getTransformation() {
    return transformation;
  }

  /** The records of this stream and of others of the same type. */
  @SafeVarargs
  public final DataStream<T> union(DataStream<T>... streams) {
    List<Transformation<T>> inputs = new ArrayList<>(List.of(transformation));
    for (DataStream<T> stream : streams) {
      inputs.add(stream.transformation);
    }
    return new DataStream<>(
        environment,
        environment.addTransformation(
            new UnionTransformation<>(
                environment.nextTransformationId(), inputs, transformation.outputType())));
  }

  /** Joins two streams of different types, so that one operator processes both. */
  public <R> ConnectedStreams<T, R> connect(DataStream<R> dataStream) {
    return new ConnectedStreams<>(environment, this, dataStream);
  }

  /** Joins this stream with one whose records become state of every subtask. */
  public <R> BroadcastConnectedStream<T, R> connect(BroadcastStream<R> broadcastStream) {
    return new BroadcastConnectedStream<>(environment, this, broadcastStream);
  }

  /** Groups the records by a key; all records of a key are processed by one subtask, in order. */
  public <K> KeyedStream<T, K> keyBy(KeySelector<T, K> key) {
    return keyBy(key, keyTypeOf(key));
  }

  /** As {@link #keyBy(KeySelector)}, for a key whose type cannot be found out. */
  public <K> KeyedStream<T, K> keyBy(KeySelector<T, K> key, TypeInformation<K> keyType) {
    return new KeyedStream<>(this, key, keyType);
  }

  final <K> TypeInformation<K> keyTypeOf(KeySelector<T, K> key) {
    return TypeExtraction.<K>outputType(key, KeySelector.class, 1, transformation.outputType())
        .orElse(null);
  }

  /** Spreads the records as the partitioner says. */
  public <K> DataStream<T> partitionCustom(
      Partitioner<K> partitioner, KeySelector<T, K> keySelector) {
    return partition(new Partitioning.Custom<>(partitioner, keySelector));
  }

  /** Sends every record to all subtasks. */
  public DataStream<T> broadcast() {
    return partition(new Partitioning.Broadcast());
  }

  /** Makes a stream whose records become state of every subtask that it is connected to. */
  public BroadcastStream<T> broadcast(MapStateDescriptor<?, ?>... broadcastStateDescriptors) {
    return new BroadcastStream<>(environment, broadcast(), List.of(broadcastStateDescriptors));
  }

  /** Sends every record to a random subtask. */
  public DataStream<T> shuffle() {
    return partition(new Partitioning.Shuffle());
  }

  /** Sends every record to the subtask of the same number. */
  public DataStream<T> forward() {
    return partition(new Partitioning.Forward());
  }

  /** Sends the records to all subtasks in turn. */
  public DataStream<T> rebalance() {
    return partition(new Partitioning.Rebalance());
  }

  /** Sends the records to some subtasks in turn, so that each has few producers. */
  public DataStream<T> rescale() {
    return partition(new Partitioning.Rescale());
  }

  /** Sends all records to the first subtask. */
  public DataStream<T> global() {
    return partition(new Partitioning.Global());
  }

  private DataStream<T> partition(Partitioning partitioning) {
    return new DataStream<>(environment, partitioned(partitioning));
  }

  final Transformation<T> partitioned(Partitioning partitioning) {
    return environment.addTransformation(
        new PartitionTransformation<>(
            environment.nextTransformationId(), transformation, partitioning));
  }

  /** Makes one record of each record. */
  public <R> SingleOutputStreamOperator<R> map(MapFunction<T, R> mapper) {
    return map(mapper, outputType(mapper, MapFunction.class, 1));
  }

  /** As {@link #map(MapFunction)}, for a result whose type cannot be found out. */
  public <R> SingleOutputStreamOperator<R> map(
      MapFunction<T, R> mapper, TypeInformation<R> outputType) {
    return transform(new Operator.Map<>(mapper), outputType);
  }

  /** Makes any number of records of each record. */
  public <R> SingleOutputStreamOperator<R> flatMap(FlatMapFunction<T, R> flatMapper) {
    return flatMap(flatMapper, outputType(flatMapper, FlatMapFunction.class, 1));
  }

  /** As {@link #flatMap(FlatMapFunction)}, for results whose type cannot be found out. */
  public <R> SingleOutputStreamOperator<R> flatMap(
      FlatMapFunction<T, R> flatMapper, TypeInformation<R> outputType) {
    return transform(new Operator.FlatMap<>(flatMapper), outputType);
  }

  /** Processes each record, with access to its time and to side outputs. */
  public <R> SingleOutputStreamOperator<R> process(ProcessFunction<T, R> processFunction) {
    return process(processFunction, outputType(processFunction, ProcessFunction.class, 1));
  }

  /** As {@link #process(ProcessFunction)}, for results whose type cannot be found out. */
  public <R> SingleOutputStreamOperator<R> process(
      ProcessFunction<T, R> processFunction, TypeInformation<R> outputType) {
    return transform(new Operator.Process<>(processFunction), outputType);
  }

  /** Keeps the records for which the function says true. */
  public SingleOutputStreamOperator<T> filter(FilterFunction<T> filter) {
    return transform(new Operator.Filter<>(filter), transformation.outputType());
  }

  /** Gives the records event time and watermarks; what they had before is replaced. */
  public SingleOutputStreamOperator<T> assignTimestampsAndWatermarks(
      WatermarkStrategy<T> watermarkStrategy) {
    return transform(
        new Operator.TimestampsAndWatermarks<>(watermarkStrategy), transformation.outputType());
  }

  /** Windows over so many records each, of all keys; not parallel. */
  public AllWindowedStream<T, GlobalWindow> countWindowAll(long size) {
    return windowAll(GlobalWindows.create()).trigger(PurgingTrigger.of(CountTrigger.of(size)));
  }

  /** Windows over the last {@code size} records at every {@code slide} records; not parallel. */
  public AllWindowedStream<T, GlobalWindow> countWindowAll(long size, long slide) {
    return windowAll(GlobalWindows.create())
        .evictor(CountEvictor.of(size))
        .trigger(CountTrigger.of(slide));
  }

  /** Windows over the records of all keys; not parallel. */
  public <W extends Window> AllWindowedStream<T, W> windowAll(
      WindowAssigner<? super T, W> assigner) {
    return new AllWindowedStream<>(this, assigner);
  }

  /** Gives the records to a sink. */
  public DataStreamSink<T> sinkTo(Sink<T> sink) {
    return new DataStreamSink<>(
        environment.addTransformation(
            new SinkTransformation<>(
                environment.nextTransformationId(), "Writer", transformation, sink)));
  }

  /** Writes the records to the standard output, each as a line. */
  public DataStreamSink<T> print() {
    return print("");
  }

  /** As {@link #print()}, with a text in front of each line that tells where it comes from. */
  public DataStreamSink<T> print(String sinkIdentifier) {
    return sinkTo(new PrintSink<>(sinkIdentifier, false)).name("Print to Std. Out");
  }

  /** Writes the records to the standard error output, each as a line. */
  public DataStreamSink<T> printToErr() {
    return printToErr("");
  }

  /** As {@link #printToErr()}, with a text in front of each line that tells where it comes from. */
  public DataStreamSink<T> printToErr(String sinkIdentifier) {
    return sinkTo(new PrintSink<>(sinkIdentifier, true)).name("Print to Std. Err");
  }

  final <R> TypeInformation<R> outputType(
      Object function, Class<?> functionType, int typeParameter) {
    return TypeExtraction.<R>outputType(
            function, functionType, typeParameter, transformation.outputType())
        .orElse(null);
  }

  final <R> SingleOutputStreamOperator<R> transform(
      Operator operator, TypeInformation<R> outputType) {
    return new SingleOutputStreamOperator<>(
        environment, environment.addTransformation(describe(operator, outputType)));
  }

  /** The operator on this stream; a keyed stream adds its key. */
  <R> OneInputTransformation<T, R> describe(Operator operator, TypeInformation<R> outputType) {
    return new OneInputTransformation<>(
        environment.nextTransformationId(),
        operator.defaultName(),
        transformation,
        operator,
        null,
        null,
        outputType);
  }
}
