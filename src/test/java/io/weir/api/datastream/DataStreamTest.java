package io.weir.api.datastream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.api.environment.StreamExecutionEnvironment;
import io.weir.api.functions.AggregateFunction;
import io.weir.api.functions.KeyedProcessFunction;
import io.weir.api.functions.RichReduceFunction;
import io.weir.api.functions.co.BroadcastProcessFunction;
import io.weir.api.functions.co.CoMapFunction;
import io.weir.api.functions.windowing.ProcessWindowFunction;
import io.weir.api.graph.ChainingStrategy;
import io.weir.api.graph.OneInputTransformation;
import io.weir.api.graph.Operator;
import io.weir.api.graph.PartitionTransformation;
import io.weir.api.graph.Transformation;
import io.weir.api.graph.TwoInputTransformation;
import io.weir.api.graph.WindowAggregation;
import io.weir.api.graph.WindowOutput;
import io.weir.api.state.MapStateDescriptor;
import io.weir.api.types.Collector;
import io.weir.api.types.InvalidTypesException;
import io.weir.api.types.OutputTag;
import io.weir.api.types.Tuple2;
import io.weir.api.types.TypeHint;
import io.weir.api.types.TypeInformation;
import io.weir.api.types.Types;
import io.weir.api.windowing.assigners.EventTimeSessionWindows;
import io.weir.api.windowing.assigners.TumblingEventTimeWindows;
import io.weir.api.windowing.time.Time;
import io.weir.api.windowing.triggers.CountTrigger;
import io.weir.api.windowing.triggers.PurgingTrigger;
import io.weir.api.windowing.windows.TimeWindow;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

@SuppressWarnings("SameNameButDifferent") // every process function has its own Context
class DataStreamTest {
  private final StreamExecutionEnvironment env =
      StreamExecutionEnvironment.createLocalEnvironment();
  private final DataStream<Long> numbers = env.fromSequence(1, 10);

  static class Count extends KeyedProcessFunction<String, Long, Integer> {
    @Override
    public void processElement(Long value, Context ctx, Collector<Integer> out) {
      out.collect(1);
    }
  }

  static class Average implements AggregateFunction<Long, Tuple2<Long, Long>, Double> {
    @Override
    public Tuple2<Long, Long> createAccumulator() {
      return Tuple2.of(0L, 0L);
    }

    @Override
    public Tuple2<Long, Long> add(Long value, Tuple2<Long, Long> sum) {
      return Tuple2.of(sum.f0 + value, sum.f1 + 1);
    }

    @Override
    public Double getResult(Tuple2<Long, Long> sum) {
      return sum.f0 / (double) sum.f1;
    }

    @Override
    public Tuple2<Long, Long> merge(Tuple2<Long, Long> a, Tuple2<Long, Long> b) {
      return Tuple2.of(a.f0 + b.f0, a.f1 + b.f1);
    }
  }

  static class Describe extends ProcessWindowFunction<Double, String, String, TimeWindow> {
    @Override
    public void process(
        String key, Context context, Iterable<Double> averages, Collector<String> out) {
      out.collect(key);
    }
  }

  private static OneInputTransformation<?, ?> oneInput(DataStream<?> stream) {
    return (OneInputTransformation<?, ?>) stream.getTransformation();
  }

  @Test
  void typesAreFoundFromFunctionsAndStatedWhereTheyCannotBe() {
    assertThat(numbers.map(n -> "n" + n).getType()).isEqualTo(Types.STRING);
    assertThat(numbers.keyBy(n -> "k").process(new Count()).getType()).isEqualTo(Types.INT);

    SingleOutputStreamOperator<Tuple2<String, Long>> unknown = numbers.map(n -> Tuple2.of("n", n));
    assertThatThrownBy(unknown::getType)
        .isInstanceOf(InvalidTypesException.class)
        .hasMessageContaining("returns(");
    assertThat(unknown.returns(new TypeHint<Tuple2<String, Long>>() {}).getType())
        .isEqualTo(TypeInformation.of(new TypeHint<Tuple2<String, Long>>() {}));
  }

  @Test
  void aKeyedStreamHandsItsKeyToEveryOperatorOnIt() {
    KeyedStream<Long, String> keyed = numbers.keyBy(n -> "k" + n % 2);

    assertThat(keyed.getKeyType()).isEqualTo(Types.STRING);
    for (DataStream<?> stream :
        List.of(keyed.map(n -> n), keyed.process(new Count()), keyed.reduce(Long::sum))) {
      assertThat(oneInput(stream).keySelector()).isSameAs(keyed.getKeySelector());
      assertThat(oneInput(stream).keyType()).isEqualTo(Types.STRING);
    }
    assertThat(oneInput(numbers.map(n -> n)).keySelector()).isNull();
  }

  @Test
  void everyPartitioningIsANodeThatTellsItsKind() {
    List<DataStream<Long>> streams =
        List.of(
            numbers.forward(),
            numbers.rebalance(),
            numbers.shuffle(),
            numbers.rescale(),
            numbers.broadcast(),
            numbers.global(),
            numbers.keyBy(n -> n),
            numbers.partitionCustom((key, count) -> 0, n -> n));

    assertThat(streams)
        .extracting(
            stream ->
                ((PartitionTransformation<?>) stream.getTransformation()).partitioning().label())
        .containsExactly(
            "FORWARD", "REBALANCE", "SHUFFLE", "RESCALE", "BROADCAST", "GLOBAL", "HASH", "CUSTOM");
  }

  @Test
  void inputsHaveSmallerNumbersThanTheirConsumers() {
    numbers.keyBy(n -> n).sum(0).union(numbers.rebalance()).print();

    assertThat(env.getTransformations())
        .allSatisfy(node -> assertThat(node.inputs()).allMatch(input -> input.id() < node.id()))
        .extracting(Transformation::id)
        .doesNotHaveDuplicates();
  }

  @Test
  void settingsGoToTheNode() {
    Transformation<Long> node =
        numbers
            .map(n -> n)
            .name("same")
            .uid("u")
            .setUidHash("0123456789abcdef0123456789ABCDEF")
            .setParallelism(3)
            .setMaxParallelism(30)
            .slotSharingGroup("g")
            .setDescription("d")
            .startNewChain()
            .getTransformation();

    assertThat(node.name()).isEqualTo("same");
    assertThat(node.uid()).isEqualTo("u");
    assertThat(node.uidHash()).isEqualTo("0123456789abcdef0123456789ABCDEF");
    assertThat(node.parallelism()).isEqualTo(3);
    assertThat(node.maxParallelism()).isEqualTo(30);
    assertThat(node.slotSharingGroup()).isEqualTo("g");
    assertThat(node.description()).isEqualTo("d");
    assertThat(node.chainingStrategy()).isEqualTo(ChainingStrategy.HEAD);
    assertThatThrownBy(() -> node.setUidHash("u")).hasMessageContaining("32 hexadecimal digits");
    assertThatThrownBy(() -> node.setParallelism(0)).hasMessageContaining("'same'");
  }

  @Test
  void windowsCollectWhatTheAuthorSays() {
    OutputTag<Long> late = new OutputTag<>("late") {};
    SingleOutputStreamOperator<String> result =
        numbers
            .keyBy(n -> "k")
            .window(TumblingEventTimeWindows.of(Time.seconds(10)))
            .allowedLateness(Duration.ofSeconds(2))
            .sideOutputLateData(late)
            .trigger(PurgingTrigger.of(CountTrigger.of(3)))
            .aggregate(new Average(), new Describe());

    Operator.Window<?, ?> window = (Operator.Window<?, ?>) oneInput(result).operator();
    assertThat(window.assigner()).hasToString("TumblingEventTimeWindows(10000)");
    assertThat(window.trigger()).hasToString("PurgingTrigger(CountTrigger(3))");
    assertThat(window.allowedLatenessMillis()).isEqualTo(2000);
    assertThat(window.lateDataTag()).isEqualTo(late);
    WindowAggregation.Aggregating<?, ?, ?> aggregation =
        (WindowAggregation.Aggregating<?, ?, ?>) window.aggregation();
    assertThat(aggregation.accumulatorType())
        .isEqualTo(TypeInformation.of(new TypeHint<Tuple2<Long, Long>>() {}));
    assertThat(aggregation.output()).isInstanceOf(WindowOutput.Process.class);
    assertThat(result.getType()).isEqualTo(Types.STRING);
  }

  @Test
  void countWindowsAreGlobalWindowsThatPurgeOrEvict() {
    Operator.Window<?, ?> tumbling =
        (Operator.Window<?, ?>)
            oneInput(numbers.keyBy(n -> n).countWindow(5).reduce(Long::sum)).operator();
    Operator.Window<?, ?> sliding =
        (Operator.Window<?, ?>)
            oneInput(numbers.keyBy(n -> n).countWindow(5, 2).reduce(Long::sum)).operator();

    assertThat(tumbling.trigger()).hasToString("PurgingTrigger(CountTrigger(5))");
    assertThat(tumbling.evictor()).isNull();
    assertThat(sliding.trigger()).hasToString("CountTrigger(2)");
    assertThat(sliding.evictor()).isNotNull();
  }

  @Test
  void windowsOverAllKeysNeverRunInParallel() {
    SingleOutputStreamOperator<Long> all = numbers.countWindowAll(5).sum(0);

    assertThat(all.getTransformation().parallelism()).isEqualTo(1);
    assertThat(all.getTransformation().maxParallelism()).isEqualTo(1);
    assertThatThrownBy(() -> all.setParallelism(2)).hasMessageContaining("all keys");
  }

  @Test
  void whatCannotWorkInAWindowIsRefusedAtOnce() {
    WindowedStream<Long, Long, TimeWindow> sessions =
        numbers.keyBy(n -> n).window(EventTimeSessionWindows.withGap(Duration.ofSeconds(1)));

    assertThatThrownBy(
            () ->
                sessions.reduce(
                    new RichReduceFunction<>() {
                      @Override
                      public Long reduce(Long a, Long b) {
                        return a;
                      }
                    }))
        .hasMessageContaining("rich");
    assertThatThrownBy(() -> sessions.allowedLateness(Duration.ofMillis(-1)))
        .hasMessageContaining("negative");
  }

  @Test
  void connectedStreamsKeepTheirKeys() {
    SingleOutputStreamOperator<String> both =
        numbers
            .connect(env.fromData("a"))
            .keyBy(n -> "k" + n, s -> s)
            .map(
                new CoMapFunction<>() {
                  @Override
                  public String map1(Long value) {
                    return "n";
                  }

                  @Override
                  public String map2(String value) {
                    return value;
                  }
                });

    TwoInputTransformation<?, ?, ?> node =
        (TwoInputTransformation<?, ?, ?>) both.getTransformation();
    assertThat(node.firstKeySelector()).isNotNull();
    assertThat(node.secondKeySelector()).isNotNull();
    assertThat(node.keyType()).isEqualTo(Types.STRING);
    assertThat(both.getType()).isEqualTo(Types.STRING);
  }

  @Test
  void streamsShareStateOnlyWhereBothAreKeyed() {
    DataStream<String> names = env.fromData("a");
    CoMapFunction<Long, String, String> firstKeyed =
        new CoMapFunction<>() {
          @Override
          public String map1(Long value) {
            return "n";
          }

          @Override
          public String map2(String value) {
            return value;
          }
        };
    TwoInputTransformation<?, ?, ?> node =
        (TwoInputTransformation<?, ?, ?>)
            numbers.keyBy(n -> n).connect(names).map(firstKeyed).getTransformation();

    assertThat(node.firstKeySelector()).isNull();
    assertThat(node.keyType()).isNull();
    assertThatThrownBy(() -> numbers.keyBy(n -> n).connect(names.keyBy(name -> name)))
        .hasMessageContaining("java.lang.Long and java.lang.String");
  }

  @Test
  void aBroadcastStreamBringsItsStates() {
    MapStateDescriptor<String, Long> rules =
        new MapStateDescriptor<>("rules", Types.STRING, Types.LONG);
    SingleOutputStreamOperator<String> joined =
        numbers
            .connect(env.fromData("a").broadcast(rules))
            .process(
                new BroadcastProcessFunction<Long, String, String>() {
                  @Override
                  public void processElement(
                      Long value, ReadOnlyContext ctx, Collector<String> out) {}

                  @Override
                  public void processBroadcastElement(
                      String value, Context ctx, Collector<String> out) {}
                });

    TwoInputTransformation<?, ?, ?> node =
        (TwoInputTransformation<?, ?, ?>) joined.getTransformation();
    Operator.BroadcastProcess<?, ?, ?> operator =
        (Operator.BroadcastProcess<?, ?, ?>) node.operator();
    assertThat(operator.broadcastStates()).isEqualTo(List.of(rules));
    assertThat(node.inputs().get(1)).isInstanceOf(PartitionTransformation.class);
  }

  @Test
  void oneSideOutputHasOneType() {
    SingleOutputStreamOperator<Long> main = numbers.map(n -> n);

    assertThat(main.getSideOutput(new OutputTag<String>("x") {}).getType()).isEqualTo(Types.STRING);
    assertThatThrownBy(() -> main.getSideOutput(new OutputTag<Long>("x") {}))
        .hasMessageContaining("'x'");
  }
}
