package io.weir.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.api.connector.lib.NumberSequenceSource;
import io.weir.api.datastream.DataStream;
import io.weir.api.datastream.SingleOutputStreamOperator;
import io.weir.api.environment.StreamExecutionEnvironment;
import io.weir.api.eventtime.WatermarkStrategy;
import io.weir.api.functions.ProcessFunction;
import io.weir.api.functions.co.CoProcessFunction;
import io.weir.api.types.Collector;
import io.weir.api.types.OutputTag;
import io.weir.config.Configuration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The same programs, planned by Flink 2.3.0, gave the recorded job graphs. */
@SuppressWarnings("SameNameButDifferent") // every process function has its own Context
class FlinkPlansTest {
  private static final Map<String, Consumer<StreamExecutionEnvironment>> PROGRAMS =
      Map.of(
          "linear", env -> linear(env, false),
          "uids", env -> linear(env, true),
          "union-side", FlinkPlansTest::unionSide,
          "connect", FlinkPlansTest::connect,
          "chains", FlinkPlansTest::chains,
          "fan-out", FlinkPlansTest::fanOut);

  private static SingleOutputStreamOperator<Long> numbers(
      StreamExecutionEnvironment env, String name) {
    return env.fromSource(new NumberSequenceSource(1, 10), WatermarkStrategy.noWatermarks(), name);
  }

  private static void linear(StreamExecutionEnvironment env, boolean uids) {
    env.setParallelism(2);
    SingleOutputStreamOperator<Long> source = numbers(env, "numbers");
    SingleOutputStreamOperator<Long> increment = source.map(n -> n + 1).name("increment");
    SingleOutputStreamOperator<Long> positive = increment.filter(n -> n > 0).name("positive");
    SingleOutputStreamOperator<Long> total =
        positive.keyBy(n -> n % 3).reduce(Long::sum).name("total");
    if (uids) {
      source.uid("numbers-uid");
      increment.uid("größe");
      positive.uid(" ");
      total.uid("a rather long uid that exceeds sixteen and thirty-two bytes");
      total.print().name("out").uid("x");
    } else {
      total.print().name("out");
    }
  }

  private static void unionSide(StreamExecutionEnvironment env) {
    env.setParallelism(2);
    OutputTag<Long> odd = new OutputTag<>("odd") {};
    DataStream<Long> a = numbers(env, "a").map(n -> n).name("a1");
    DataStream<Long> b = numbers(env, "b").map(n -> n).name("b1");
    SingleOutputStreamOperator<Long> split =
        a.union(b)
            .process(
                new ProcessFunction<Long, Long>() {
                  @Override
                  public void processElement(Long value, Context ctx, Collector<Long> out) {
                    out.collect(value);
                  }
                })
            .name("split");
    split.getSideOutput(odd).map(n -> n).name("side").print().name("side-out");
    split.getSideOutput(odd).rebalance().map(n -> n).name("side-far").print().name("side-far-out");
    split.rebalance().map(n -> n).name("main").setParallelism(3).print().name("main-out");
  }

  private static void connect(StreamExecutionEnvironment env) {
    env.setParallelism(2);
    DataStream<Long> a = numbers(env, "a");
    DataStream<Long> b = numbers(env, "b").map(n -> n).name("b1").setParallelism(1);
    SingleOutputStreamOperator<Long> join =
        a.keyBy(n -> n)
            .connect(b.keyBy(n -> n))
            .process(
                new CoProcessFunction<Long, Long, Long>() {
                  @Override
                  public void processElement1(Long value, Context ctx, Collector<Long> out) {}

                  @Override
                  public void processElement2(Long value, Context ctx, Collector<Long> out) {}
                })
            .name("join");
    join.map(n -> n).name("after").uid("after-uid").print().name("out");
    join.broadcast().map(n -> n).name("everywhere").print().name("out2");
  }

  private static void chains(StreamExecutionEnvironment env) {
    env.setParallelism(2);
    numbers(env, "a")
        .map(n -> n)
        .name("m1")
        .map(n -> n)
        .name("m2")
        .disableChaining()
        .map(n -> n)
        .name("m3")
        .map(n -> n)
        .name("m4")
        .startNewChain()
        .map(n -> n)
        .name("m5")
        .slotSharingGroup("other")
        .map(n -> n)
        .name("m6")
        .forward()
        .map(n -> n)
        .name("m7")
        .setMaxParallelism(500)
        .print()
        .name("out");
  }

  private static void fanOut(StreamExecutionEnvironment env) {
    env.setParallelism(3);
    DataStream<Long> m = numbers(env, "a").map(n -> n).name("m");
    m.map(n -> n).name("left").print().name("left-out");
    m.filter(n -> true).name("right").global().map(n -> n).name("first").print().name("right-out");
    m.rescale().map(n -> n).name("rescaled").setParallelism(1).print().name("rescaled-out");
    m.shuffle().map(n -> n).name("shuffled").print().name("shuffled-out");
    m.partitionCustom((key, count) -> 0, n -> n)
        .map(n -> n)
        .name("custom")
        .print()
        .name("custom-out");
  }

  private static List<String> describe(String program) {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment();
    PROGRAMS.get(program).accept(env);
    JobPlan plan =
        JobPlanner.plan(
            program, env.getTransformations(), new Configuration(env.getConfiguration()));
    List<String> lines = new ArrayList<>();
    for (PlannedVertex vertex : plan.vertices()) {
      String ids = sorted(vertex.operators().stream().map(o -> o.id().toString()).toList());
      lines.add(
          "vertex;%s;%s;%d;%s;%s"
              .formatted(program, vertex.name(), vertex.parallelism(), vertex.id(), ids));
    }
    for (PlannedEdge edge : plan.edges()) {
      lines.add(
          "edge;%s;%s;%s;%s"
              .formatted(
                  program,
                  plan.vertex(edge.source()).name(),
                  plan.vertex(edge.target()).name(),
                  edge.partitioning().label()));
    }
    return lines;
  }

  private static String sorted(List<String> ids) {
    List<String> copy = new ArrayList<>(ids);
    Collections.sort(copy);
    return String.join(" ", copy);
  }

  /** Flink lists the operators of a vertex from the last to the first, which is not compared. */
  private static String withSortedIds(String[] line) {
    if (line[0].equals("vertex")) {
      line[5] = sorted(List.of(line[5].split(" ", -1)));
    }
    return String.join(";", line);
  }

  @Test
  void chainsIdsAndEdgesAreThoseOfFlink() throws Exception {
    Map<String, List<String>> recorded =
        Recording.read("flink-plans.csv", ';').stream()
            .collect(
                Collectors.groupingBy(
                    line -> line[1],
                    Collectors.mapping(FlinkPlansTest::withSortedIds, Collectors.toList())));

    assertThat(recorded.keySet()).isEqualTo(PROGRAMS.keySet());
    recorded.forEach(
        (program, lines) ->
            assertThat(describe(program)).containsExactlyInAnyOrderElementsOf(lines));
  }
}
