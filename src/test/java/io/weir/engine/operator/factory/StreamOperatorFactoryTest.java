package io.weir.engine.operator.factory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.api.connector.Committer;
import io.weir.api.connector.CommitterInitContext;
import io.weir.api.connector.SimpleVersionedSerializer;
import io.weir.api.connector.Sink;
import io.weir.api.connector.SinkWriter;
import io.weir.api.connector.SupportsCommitter;
import io.weir.api.connector.WriterInitContext;
import io.weir.api.datastream.DataStream;
import io.weir.api.datastream.KeyedStream;
import io.weir.api.datastream.WindowedStream;
import io.weir.api.environment.StreamExecutionEnvironment;
import io.weir.api.eventtime.WatermarkStrategy;
import io.weir.api.functions.AggregateFunction;
import io.weir.api.functions.MapFunction;
import io.weir.api.functions.ProcessFunction;
import io.weir.api.functions.windowing.AllWindowFunction;
import io.weir.api.graph.SinkTransformation;
import io.weir.api.graph.Transformation;
import io.weir.api.types.Collector;
import io.weir.api.types.Types;
import io.weir.api.windowing.assigners.TumblingEventTimeWindows;
import io.weir.api.windowing.evictors.CountEvictor;
import io.weir.api.windowing.windows.TimeWindow;
import io.weir.engine.operator.StreamOperator;
import io.weir.engine.operator.function.ProcessOperator;
import io.weir.engine.operator.function.TimerProcessOperator;
import io.weir.engine.operator.sink.CommittingSinkOperator;
import io.weir.engine.operator.sink.SinkOperator;
import io.weir.engine.operator.time.TimestampsAndWatermarksOperator;
import io.weir.plan.PlannedOperator;
import io.weir.snapshot.OperatorId;
import io.weir.testkit.OperatorHarness;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamOperatorFactoryTest {
  private final DataStream<String> words =
      StreamExecutionEnvironment.createLocalEnvironment(1).fromData(Types.STRING, "a");
  private final KeyedStream<String, String> keyed =
      words.keyBy(value -> value.substring(0, 1), Types.STRING);

  private static StreamOperator create(Transformation<?> transformation) {
    return new StreamOperatorFactory(10)
        .create(
            new PlannedOperator(
                new OperatorId(1, 2), "named", null, transformation, 1, 128, List.of()));
  }

  private static OperatorHarness open(DataStream<?> stream) throws Exception {
    return OperatorHarness.of(create(stream.getTransformation())).open();
  }

  private WindowedStream<String, String, TimeWindow> windowed() {
    return keyed.window(TumblingEventTimeWindows.of(Duration.ofMillis(10)));
  }

  @Test
  void everySubtaskHasItsOwnFunction() throws Exception {
    Transformation<Integer> transformation = words.map(new Numbering()).getTransformation();
    OperatorHarness first = OperatorHarness.of(create(transformation)).open();
    OperatorHarness second = OperatorHarness.of(create(transformation)).open();
    first.element("a").element("b");
    second.element("a");
    assertThat(first.values()).containsExactly(1, 2);
    assertThat(second.values()).containsExactly(1);
  }

  @Test
  void aKeyedReduceFindsItsKeySelectorAndType() throws Exception {
    OperatorHarness harness = open(keyed.reduce((a, b) -> a + b));
    harness.element("a1").element("b1").element("a2");
    assertThat(harness.values()).containsExactly("a1", "b1", "a1a2");
  }

  @Test
  void aProcessFunctionHasTimersOnAKeyedStreamOnly() {
    assertThat(create(words.process(new Echo()).getTransformation()))
        .isInstanceOf(ProcessOperator.class);
    assertThat(create(keyed.process(new Echo()).getTransformation()))
        .isInstanceOf(TimerProcessOperator.class);
  }

  @Test
  void aWatermarkStrategyBecomesAnOperator() {
    assertThat(
            create(
                words
                    .assignTimestampsAndWatermarks(
                        WatermarkStrategy.<String>forMonotonousTimestamps())
                    .getTransformation()))
        .isInstanceOf(TimestampsAndWatermarksOperator.class);
  }

  @Test
  void aReducingWindowWithAndWithoutEvictor() throws Exception {
    OperatorHarness plain = open(windowed().reduce((a, b) -> a + b));
    plain.element("a1", 1).element("a2", 2).watermark(9);
    assertThat(plain.drain()).containsExactly("a1a2@9", "W9");

    OperatorHarness evicting = open(windowed().evictor(CountEvictor.of(1)).reduce((a, b) -> a + b));
    evicting.element("a1", 1).element("a2", 2).watermark(9);
    assertThat(evicting.drain()).containsExactly("a2@9", "W9");
  }

  @Test
  void anAggregatingWindow() throws Exception {
    OperatorHarness harness = open(windowed().aggregate(new Counting()));
    harness.element("a1", 1).element("a2", 2).watermark(9);
    assertThat(harness.drain()).containsExactly("2@9", "W9");
  }

  @Test
  void aWindowOfAllKeys() throws Exception {
    DataStream<String> joined =
        words.windowAll(TumblingEventTimeWindows.of(Duration.ofMillis(10))).apply(new Joining());
    OperatorHarness harness =
        OperatorHarness.of(create(joined.getTransformation())).withKeys(Types.BYTE).open();
    harness.element("a1", 1).element("b2", 2).watermark(9);
    assertThat(harness.drain()).containsExactly("a1b2@9", "W9");
  }

  @Test
  void sinksWithAndWithoutCommitter() {
    assertThat(create(new SinkTransformation<>(1, "plain", words.getTransformation(), new Plain())))
        .isInstanceOf(SinkOperator.class)
        .isNotInstanceOf(CommittingSinkOperator.class);
    assertThat(
            create(
                new SinkTransformation<>(
                    1, "committing", words.getTransformation(), new Committing())))
        .isInstanceOf(CommittingSinkOperator.class);
  }

  @Test
  void aSourceIsNotMadeHere() {
    assertThatThrownBy(() -> create(words.getTransformation()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static final class Numbering implements MapFunction<String, Integer> {
    private static final long serialVersionUID = 1L;
    private int count;

    @Override
    public Integer map(String value) {
      return ++count;
    }
  }

  private static final class Echo extends ProcessFunction<String, String> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(String value, Context ctx, Collector<String> out) {
      out.collect(value);
    }
  }

  private static final class Joining implements AllWindowFunction<String, String, TimeWindow> {
    private static final long serialVersionUID = 1L;

    @Override
    public void apply(TimeWindow window, Iterable<String> values, Collector<String> out) {
      out.collect(String.join("", values));
    }
  }

  private static final class Counting implements AggregateFunction<String, Long, Long> {
    private static final long serialVersionUID = 1L;

    @Override
    public Long createAccumulator() {
      return 0L;
    }

    @Override
    public Long add(String value, Long accumulator) {
      return accumulator + 1;
    }

    @Override
    public Long getResult(Long accumulator) {
      return accumulator;
    }

    @Override
    public Long merge(Long a, Long b) {
      return a + b;
    }
  }

  private static class Plain implements Sink<String> {
    private static final long serialVersionUID = 1L;

    @Override
    public SinkWriter<String> createWriter(WriterInitContext context) {
      throw new IllegalStateException("not opened in this test");
    }
  }

  private static final class Committing extends Plain implements SupportsCommitter<String> {
    private static final long serialVersionUID = 1L;

    @Override
    public Committer<String> createCommitter(CommitterInitContext context) {
      throw new IllegalStateException("not opened in this test");
    }

    @Override
    public SimpleVersionedSerializer<String> getCommittableSerializer() {
      throw new IllegalStateException("not opened in this test");
    }
  }
}
