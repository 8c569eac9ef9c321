package io.weir.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.weir.api.connector.Committer;
import io.weir.api.connector.CommitterInitContext;
import io.weir.api.connector.SimpleVersionedSerializer;
import io.weir.api.connector.Sink;
import io.weir.api.connector.SinkWriter;
import io.weir.api.connector.SupportsCommitter;
import io.weir.api.connector.WriterInitContext;
import io.weir.api.datastream.DataStream;
import io.weir.api.datastream.SingleOutputStreamOperator;
import io.weir.api.environment.StreamExecutionEnvironment;
import io.weir.api.functions.AggregateFunction;
import io.weir.api.functions.FilterFunction;
import io.weir.api.functions.KeyedProcessFunction;
import io.weir.api.functions.MapFunction;
import io.weir.api.functions.RichMapFunction;
import io.weir.api.functions.co.KeyedCoProcessFunction;
import io.weir.api.graph.OneInputTransformation;
import io.weir.api.graph.Operator;
import io.weir.api.graph.Partitioning;
import io.weir.api.types.Collector;
import io.weir.api.types.OutputTag;
import io.weir.api.types.Tuple2;
import io.weir.api.types.TypeHint;
import io.weir.api.types.Types;
import io.weir.api.windowing.assigners.TumblingEventTimeWindows;
import io.weir.config.CheckpointingMode;
import io.weir.config.CheckpointingOptions;
import io.weir.config.CoreOptions;
import io.weir.snapshot.OperatorId;
import io.weir.snapshot.RescaleMapping;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@SuppressWarnings("SameNameButDifferent") // every process function has its own Context
class JobPlannerTest {
  enum Color {
    RED
  }

  record ColorAndNumber(Color color, long number) {}

  record NumberAndName(long number, String name) {}

  static class Identity {}

  static class Keyed extends KeyedProcessFunction<Long, Long, Long> {
    @Override
    public void processElement(Long value, Context ctx, Collector<Long> out) {
      out.collect(value);
    }
  }

  static class KeyedJoin extends KeyedCoProcessFunction<Long, Long, Long, Long> {
    @Override
    public void processElement1(Long value, Context ctx, Collector<Long> out) {}

    @Override
    public void processElement2(Long value, Context ctx, Collector<Long> out) {}
  }

  static class Connection {}

  static class Lookup implements MapFunction<Long, Long> {
    final Map<String, List<Object>> pools = new HashMap<>();
    final String name = "lookup";

    @Override
    public Long map(Long value) {
      return value;
    }
  }

  static class RichIncrement extends RichMapFunction<Long, Long> {
    @Override
    public Long map(Long value) {
      return value + 1;
    }
  }

  static class CommittingSink implements Sink<Long>, SupportsCommitter<String> {
    @Override
    public SinkWriter<Long> createWriter(WriterInitContext context) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Committer<String> createCommitter(CommitterInitContext context) {
      throw new UnsupportedOperationException();
    }

    @Override
    public SimpleVersionedSerializer<String> getCommittableSerializer() {
      throw new UnsupportedOperationException();
    }
  }

  private final StreamExecutionEnvironment env =
      StreamExecutionEnvironment.createLocalEnvironment();
  private final SingleOutputStreamOperator<Long> numbers = env.fromSequence(1, 10).uid("numbers");

  private JobPlan plan() {
    return JobPlanner.plan("job", env.getTransformations(), env.getConfiguration());
  }

  private List<Problem> problems() {
    return catchThrowableOfType(PlanException.class, this::plan).problems();
  }

  private Problem onlyProblem() {
    List<Problem> problems = problems();
    assertThat(problems).hasSize(1);
    return problems.get(0);
  }

  private OperatorId idOf(String name) {
    return plan().vertices().stream()
        .flatMap(vertex -> vertex.operators().stream())
        .filter(operator -> operator.name().equals(name))
        .findFirst()
        .orElseThrow()
        .id();
  }

  @Test
  void aChainIsATreeInWhichEachStandsBehindTheOneThatFeedsIt() {
    OutputTag<Long> odd = new OutputTag<>("odd") {};
    SingleOutputStreamOperator<Long> map = numbers.map(n -> n).name("map");
    map.filter(n -> n > 1).name("left").print();
    map.getSideOutput(odd).filter(n -> n > 2).name("right").print();

    PlannedVertex vertex = plan().vertices().get(0);

    assertThat(plan().vertices()).hasSize(1);
    assertThat(vertex.name())
        .isEqualTo(
            "Source: Sequence Source -> map -> (left -> Sink: Print to Std. Out,"
                + " right -> Sink: Print to Std. Out)");
    assertThat(vertex.operators())
        .extracting(PlannedOperator::name)
        .containsExactly(
            "Source: Sequence Source",
            "map",
            "left",
            "Sink: Print to Std. Out",
            "right",
            "Sink: Print to Std. Out");
    assertThat(vertex.operators().get(1).chained())
        .containsExactly(new ChainLink(2, null), new ChainLink(4, odd));
    assertThat(vertex.head().id().toString()).isEqualTo(vertex.id().toString());
  }

  @Test
  void aUnionBecomesOneEdgePerStreamIntoTheSameInput() {
    DataStream<Long> more = env.fromSequence(1, 5).uid("more");
    numbers.union(more, numbers.rebalance()).map(n -> n).name("all").print();

    JobPlan plan = plan();
    PlannedVertex all =
        plan.vertices().stream()
            .filter(v -> v.head().name().equals("all"))
            .findFirst()
            .orElseThrow();

    assertThat(plan.edgesInto(all.id()))
        .extracting(edge -> edge.input() + " " + edge.partitioning().label())
        .containsExactly("0 FORWARD", "0 FORWARD", "0 REBALANCE");
  }

  @Test
  void theLongestPathIsThatOfMostEdges() {
    assertThat(plan().edgesOnLongestPath()).as("without a vertex").isZero();
    DataStream<Long> once = numbers.rebalance().map(n -> n);
    numbers.union(once.rebalance().map(n -> n).rebalance()).rebalance().print();
    once.print();

    assertThat(plan().edgesOnLongestPath()).isEqualTo(3);
  }

  @Test
  void ofSeveralPartitioningsInARowTheLastCounts() {
    numbers.rebalance().shuffle().global().map(n -> n).print();

    assertThat(plan().edges())
        .extracting(edge -> edge.partitioning().label())
        .containsExactly("GLOBAL");
  }

  @Test
  void aChangeOfParallelismRebalancesUnlessTheAuthorSaysOtherwise() {
    env.setParallelism(2);
    numbers.map(n -> n).setParallelism(3).print();

    assertThat(plan().edges())
        .extracting(edge -> edge.partitioning().label())
        .containsExactly("REBALANCE", "REBALANCE");
    assertThat(plan().tasks()).isEqualTo(7);
  }

  @Test
  void theEdgesTellWhatBecomesOfTheirInFlightRecords() {
    Partitioning custom = new Partitioning.Custom<Long, Long>((key, count) -> 0, n -> n);
    Partitioning hash = new Partitioning.Hash<Long, Long>(n -> n, Types.LONG);
    Map<Partitioning, RescaleMapping> expected = new HashMap<>();
    expected.put(hash, RescaleMapping.RANGE);
    expected.put(new Partitioning.Rebalance(), RescaleMapping.ROUND_ROBIN);
    expected.put(new Partitioning.Shuffle(), RescaleMapping.ROUND_ROBIN);
    expected.put(new Partitioning.Global(), RescaleMapping.FIRST);
    expected.put(custom, RescaleMapping.FULL);
    expected.put(new Partitioning.Forward(), RescaleMapping.UNSUPPORTED);
    expected.put(new Partitioning.Rescale(), RescaleMapping.UNSUPPORTED);
    expected.put(new Partitioning.Broadcast(), RescaleMapping.UNSUPPORTED);

    expected.forEach(
        (partitioning, mapping) -> {
          PlannedEdge edge = new PlannedEdge(null, 0, null, 0, partitioning, null, null, false);
          assertThat(edge.rescaleMapping()).isEqualTo(mapping);
        });
  }

  @Test
  void maxParallelismIsTheOperatorsOrTheJobsOrDerived() {
    env.setParallelism(100);
    numbers.map(n -> n).name("own").setMaxParallelism(1000).rebalance().map(n -> n).print();

    assertThat(plan().vertices().get(0).operators().get(1).maxParallelism()).isEqualTo(1000);
    assertThat(plan().vertices().get(0).maxParallelism()).isEqualTo(256);

    env.setMaxParallelism(300);
    assertThat(plan().vertices().get(1).maxParallelism()).isEqualTo(300);
  }

  @Test
  void idsDependNeitherOnNamesNorOnTheParallelismOfTheJob() {
    SingleOutputStreamOperator<Long> total = numbers.keyBy(n -> n).sum(0).name("total");
    total.print().name("out");
    OperatorId id = idOf("total");

    numbers.name("renamed");
    total.name("other");
    env.setParallelism(7);

    assertThat(idOf("other")).isEqualTo(id);
  }

  @Test
  void anIdFromAUidDoesNotDependOnThePlace() {
    numbers.keyBy(n -> n).sum(0).uid("total").name("total").print();
    OperatorId id = idOf("total");

    StreamExecutionEnvironment other = StreamExecutionEnvironment.createLocalEnvironment();
    other.fromSequence(1, 2).map(n -> n).keyBy(n -> n).sum(0).uid("total").print();

    assertThat(
            JobPlanner.plan("other", other.getTransformations(), other.getConfiguration())
                .vertices()
                .get(1)
                .head()
                .id())
        .isEqualTo(id);
  }

  @Test
  void aUidHashIsTheId() {
    numbers
        .map(n -> n)
        .name("old")
        .uid("new")
        .setUidHash("0123456789ABCDEF0123456789abcdef")
        .print();

    assertThat(idOf("old")).hasToString("0123456789abcdef0123456789abcdef");
  }

  @Test
  void aJobWithoutOperatorsIsRefused() {
    assertThatThrownBy(() -> JobPlanner.plan("empty", List.of(), env.getConfiguration()))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("Job 'empty' cannot run: it has no operators.");
  }

  @Test
  void twoOperatorsOfOneUidAreRefused() {
    numbers.map(n -> n).name("a").uid("same").map(n -> n).name("b").uid("same").print();

    assertThat(onlyProblem())
        .extracting(Problem::operator, Problem::why)
        .containsExactly("b", "it has the same uid 'same' as operator 'a'");
  }

  @Test
  void aStatefulOperatorWithoutUidIsReportedOrRefused() {
    numbers.keyBy(n -> n).sum(0).name("total").print();
    assertThat(plan().warnings())
        .singleElement()
        .asString()
        .startsWith("operator 'total': it has state but no uid");

    env.getConfig().disableAutoGeneratedUIDs();
    assertThat(onlyProblem().operator()).isEqualTo("total");
  }

  @Test
  void whatMayHaveStateIsToldFromItsKind() {
    numbers.map(new RichIncrement()).name("stateless").print();
    numbers.keyBy(n -> n).map(n -> n).name("stateless too").print();
    assertThat(plan().warnings()).isEmpty();

    numbers.keyBy(n -> n).map(new RichIncrement()).name("may have state").print();
    assertThat(plan().warnings()).singleElement().asString().contains("'may have state'");
  }

  @Test
  void forwardBetweenDifferentParallelismIsRefused() {
    numbers.setParallelism(2).forward().map(n -> n).name("map").setParallelism(3).print();

    assertThat(onlyProblem().toString())
        .startsWith("operator 'map': forward() from 'Source: Sequence Source'")
        .contains("2 and 3")
        .contains("rebalance()");
  }

  @Test
  void aParallelismAboveTheMaxParallelismIsRefused() {
    numbers.map(n -> n).name("map").setParallelism(5).setMaxParallelism(4).print();

    assertThat(onlyProblem().why())
        .isEqualTo("its parallelism 5 is greater than its max parallelism 4");
  }

  @Test
  void aKeyedFunctionOnAStreamWithoutKeysIsRefused() {
    numbers
        .connect(env.fromSequence(1, 2).uid("others"))
        .process(new KeyedJoin())
        .uid("co")
        .name("co")
        .print();
    env.addTransformation(
            new OneInputTransformation<>(
                env.nextTransformationId(),
                "keyed",
                numbers.getTransformation(),
                new Operator.KeyedProcess<>(new Keyed()),
                null,
                null,
                Types.LONG))
        .setUid("keyed");

    assertThat(problems())
        .extracting(Problem::operator, Problem::whatToDo)
        .containsExactly(
            tuple("co", "Call keyBy(...) on the streams before it."),
            tuple("keyed", "Call keyBy(...) on the stream before it."));
  }

  @Test
  void unknownTypesAreRefusedWhereStateNeedsThem() {
    numbers
        .map(n -> Tuple2.of(n, n))
        .name("pairs")
        .keyBy(pair -> pair.f0)
        .reduce((a, b) -> a)
        .uid("r")
        .name("reduce")
        .print();
    assertThat(onlyProblem().toString())
        .isEqualTo(
            "operator 'reduce': it keeps records as state, but the type of the records of 'pairs'"
                + " is unknown. Call returns(...) on that operator, with a TypeHint for a generic"
                + " type.");
  }

  @Test
  void aTypeThatIsStatedAfterTheStreamWasUsedCounts() {
    SingleOutputStreamOperator<Tuple2<Long, Long>> pairs = numbers.map(n -> Tuple2.of(n, n));
    pairs.rebalance().keyBy(pair -> pair.f0).reduce((a, b) -> a).uid("r").print();

    pairs.returns(new TypeHint<Tuple2<Long, Long>>() {});

    assertThat(plan().vertices()).hasSize(2);
  }

  @Test
  void anUnknownKeyTypeIsRefusedOnlyWithState() {
    numbers.keyBy(n -> Tuple2.of(n, n)).map(n -> n).name("no state").print();
    assertThat(plan().vertices()).hasSize(2);

    numbers.keyBy(n -> Tuple2.of(n, n)).map(new RichIncrement()).uid("m").name("state").print();
    assertThat(onlyProblem())
        .isEqualTo(
            new Problem(
                "state",
                "the type of its key is unknown",
                "Call keyBy(selector, TypeInformation)."));
  }

  @Test
  void anUnknownAccumulatorTypeIsRefused() {
    numbers
        .keyBy(n -> n)
        .window(TumblingEventTimeWindows.of(Duration.ofSeconds(1)))
        .aggregate(new Generic<>(0L), null, Types.LONG)
        .uid("w")
        .name("window")
        .print();

    assertThat(onlyProblem().why()).isEqualTo("the type of its accumulator is unknown");
  }

  static class Generic<A> implements AggregateFunction<Long, A, Long> {
    private final A zero;

    Generic(A zero) {
      this.zero = zero;
    }

    @Override
    public A createAccumulator() {
      return zero;
    }

    @Override
    public A add(Long value, A accumulator) {
      return accumulator;
    }

    @Override
    public Long getResult(A accumulator) {
      return 0L;
    }

    @Override
    public A merge(A a, A b) {
      return a;
    }
  }

  @Test
  void keysWhoseHashDiffersBetweenProcessesAreRefused() {
    numbers.keyBy(n -> Color.RED).sum(0).uid("1").name("enum").print();
    numbers.keyBy(n -> new ColorAndNumber(Color.RED, n)).sum(0).uid("2").name("record").print();
    numbers.keyBy(n -> new long[] {n}).sum(0).uid("3").name("array").print();
    numbers.keyBy(n -> new Identity()).sum(0).uid("4").name("identity").print();
    numbers
        .keyBy(n -> Tuple2.of(n, Color.RED), new TypeHint<Tuple2<Long, Color>>() {}.getTypeInfo())
        .sum(0)
        .uid("5")
        .name("tuple")
        .print();
    numbers.keyBy(n -> new NumberAndName(n, "n")).sum(0).uid("6").name("fine").print();

    assertThat(problems())
        .extracting(Problem::operator)
        .containsExactly("enum", "record", "array", "identity", "tuple");
    assertThat(problems().get(3).why()).contains("does not override hashCode()");
  }

  @Test
  void aFunctionThatCannotBeSerializedIsRefusedWithThePathToTheCulprit() {
    Lookup lookup = new Lookup();
    lookup.pools.put("main", new ArrayList<>(List.of("fine", new Connection())));
    Connection captured = new Connection();

    numbers.map(lookup).name("lookup").print();
    numbers.map(n -> n + captured.hashCode()).name("lambda").print();
    numbers
        .filter(
            new FilterFunction<Long>() {
              @Override
              public boolean filter(Long value) {
                return value > captured.hashCode() && JobPlannerTest.this.env != null;
              }
            })
        .name("anonymous")
        .print();

    List<Problem> problems = problems();
    String connection = "io.weir.plan.JobPlannerTest$Connection";
    assertThat(problems)
        .extracting(Problem::operator)
        .containsExactly("lookup", "lambda", "anonymous");
    assertThat(problems.get(0).why())
        .contains("JobPlannerTest$Lookup.pools")
        .contains("[1] (" + connection + ") is not Serializable");
    assertThat(problems.get(1).why()).contains("<captured 1> (" + connection + ")");
    assertThat(problems.get(2).why()).contains("JobPlannerTest");
  }

  @Test
  void settingsThatExcludeEachOtherAreRefused() {
    numbers.print();
    env.getCheckpointConfig().enableUnalignedCheckpoints();
    env.getCheckpointConfig().setMaxConcurrentCheckpoints(2);
    env.getCheckpointConfig().setCheckpointingMode(CheckpointingMode.AT_LEAST_ONCE);

    assertThat(problems())
        .extracting(Problem::whatToDo)
        .anyMatch(text -> text.contains("EXACTLY_ONCE"))
        .anyMatch(text -> text.contains("max-concurrent-checkpoints"));
  }

  @Test
  void aSettingThatCannotBeReadIsRefusedBeforeAnythingElse() {
    numbers.print();
    env.getConfiguration().setString(CoreOptions.DEFAULT_PARALLELISM.key(), "many");

    assertThat(onlyProblem().toString()).contains("parallelism.default").contains("many");
  }

  @Test
  void allProblemsAreReportedAtOnce() {
    numbers.map(n -> n).name("a").setParallelism(9).setMaxParallelism(3).uid("u").print();
    numbers.map(new Lookup()).name("b").uid("u").print();

    assertThat(problems()).extracting(Problem::operator).containsExactly("a", "b");
  }

  @Test
  void aSinkThatCommitsOnCheckpointsIsWarnedOfWithoutThem() {
    numbers.sinkTo(new CommittingSink()).uid("sink").name("files");
    assertThat(plan().warnings()).singleElement().asString().contains("no periodic checkpoints");

    env.getConfiguration().set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(1));
    assertThat(plan().warnings()).isEmpty();
  }

  @Test
  void aJobWithoutSinkIsWarnedOf() {
    numbers.map(n -> n);

    assertThat(plan().warnings())
        .containsExactly(
            "the job has no sink. If its results should go somewhere, call sinkTo(...).");
  }
}
