package io.weir.engine.operator.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.api.functions.KeySelector;
import io.weir.api.functions.KeyedProcessFunction;
import io.weir.api.functions.ProcessFunction;
import io.weir.api.functions.RichMapFunction;
import io.weir.api.functions.TimeDomain;
import io.weir.api.state.ValueState;
import io.weir.api.state.ValueStateDescriptor;
import io.weir.api.types.Collector;
import io.weir.api.types.OutputTag;
import io.weir.api.types.Types;
import io.weir.testkit.OperatorHarness;
import org.junit.jupiter.api.Test;

@SuppressWarnings("SameNameButDifferent") // authors write Context as well
class OneInputOperatorsTest {
  private static final KeySelector<String, String> FIRST_LETTER = value -> value.substring(0, 1);
  private static final OutputTag<String> SIDE = new OutputTag<>("side", Types.STRING);

  @Test
  void mapKeepsTimestampsWatermarksAndIdleness() throws Exception {
    OperatorHarness harness =
        OperatorHarness.of(new MapOperator<String, Integer>(String::length, null)).open();
    harness.element("abc", 5).element("d").watermark(7).idleness(true).idleness(false);
    assertThat(harness.drain()).containsExactly("3@5", "1", "W7", "idle", "active");
  }

  @Test
  void filterLetsThroughWhatItAccepts() throws Exception {
    OperatorHarness harness =
        OperatorHarness.of(new FilterOperator<String>(value -> value.length() > 1, null)).open();
    harness.element("a", 1).element("bb", 2);
    assertThat(harness.drain()).containsExactly("bb@2");
  }

  @Test
  void allRecordsOfAFlatMapHaveTheTimestampOfTheRecordTheyComeFrom() throws Exception {
    OperatorHarness harness =
        OperatorHarness.of(
                new FlatMapOperator<String, String>(
                    (value, out) -> {
                      for (String word : value.split(" ", -1)) {
                        out.collect(word);
                      }
                    },
                    null))
            .open();
    harness.element("a b", 3).element("c").element("d e", 4);
    assertThat(harness.drain()).containsExactly("a@3", "b@3", "c", "d@4", "e@4");
  }

  @Test
  void reduceEmitsTheNewResultOfTheKeyForEveryRecord() throws Exception {
    OperatorHarness harness =
        OperatorHarness.of(new KeyedReduceOperator<>((a, b) -> a + b, FIRST_LETTER, Types.STRING))
            .open();
    harness.element("a1", 1).element("b1", 2).element("a2", 3);
    assertThat(harness.drain()).containsExactly("a1@1", "b1@2", "a1a2@3");
  }

  @Test
  void reduceGoesOnWithRestoredResults() throws Exception {
    OperatorHarness before =
        OperatorHarness.of(new KeyedReduceOperator<>((a, b) -> a + b, FIRST_LETTER, Types.STRING))
            .open();
    before.element("a1", 1);
    OperatorHarness.Image image = before.snapshot(1);
    before.element("a2", 2);
    OperatorHarness after =
        OperatorHarness.restored(
                new KeyedReduceOperator<>((a, b) -> a + b, FIRST_LETTER, Types.STRING), image)
            .open();
    after.element("a3", 3);
    assertThat(after.drain()).containsExactly("a1a3@3");
  }

  @Test
  void aMapOnAKeyedStreamHasKeyedState() throws Exception {
    OperatorHarness harness =
        OperatorHarness.of(new MapOperator<>(new CountPerKey(), FIRST_LETTER)).open();
    harness.element("a").element("b").element("a");
    assertThat(harness.drain()).containsExactly("1", "1", "2");
  }

  @Test
  void aMapOnAStreamWithoutKeysIsToldWhyItGetsNoKeyedState() {
    OperatorHarness harness =
        OperatorHarness.of(new MapOperator<>(new CountPerKey(), null)).withoutKeys();
    assertThatThrownBy(harness::open)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(
            "Keyed state can only be used on a keyed stream, i.e., after a keyBy() operation")
        .hasMessageContaining("'operator'")
        .hasMessageContaining("'count'");
  }

  @Test
  void aNullKeyIsAnErrorThatTellsOfTheRecord() throws Exception {
    OperatorHarness harness =
        OperatorHarness.of(new MapOperator<String, String>(value -> value, value -> null)).open();
    assertThatThrownBy(() -> harness.element("broken"))
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining("broken");
  }

  @Test
  void processSeesTimestampWatermarkAndTimeAndWritesSideOutputs() throws Exception {
    OperatorHarness harness =
        OperatorHarness.of(
                new ProcessOperator<>(
                    new ProcessFunction<String, String>() {
                      private static final long serialVersionUID = 1L;

                      @Override
                      public void processElement(String value, Context ctx, Collector<String> out) {
                        out.collect(
                            ctx.timestamp()
                                + "/"
                                + ctx.timerService().currentWatermark()
                                + "/"
                                + ctx.timerService().currentProcessingTime());
                        ctx.output(SIDE, value);
                      }
                    }))
            .open();
    harness.time(99).watermark(5).element("a", 6).element("b");
    assertThat(harness.drain())
        .containsExactly("W5", "6/5/99@6", "side:a@6", "null/5/99", "side:b");
  }

  @Test
  void aFunctionWithoutKeysCannotHaveTimers() throws Exception {
    OperatorHarness harness =
        OperatorHarness.of(
                new ProcessOperator<>(
                    new ProcessFunction<String, String>() {
                      private static final long serialVersionUID = 1L;

                      @Override
                      public void processElement(String value, Context ctx, Collector<String> out) {
                        ctx.timerService().registerEventTimeTimer(1);
                      }
                    }))
            .open();
    assertThatThrownBy(() -> harness.element("a"))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("keyBy");
  }

  @Test
  void keyedProcessKnowsItsKeyInRecordsAndTimers() throws Exception {
    OperatorHarness harness =
        OperatorHarness.of(new KeyedProcessOperator<>(new TimerPerRecord(), FIRST_LETTER)).open();
    harness.element("a", 10).element("b", 10).watermark(19).drain();
    harness.watermark(20);
    assertThat(harness.drain())
        .endsWith("W20")
        .containsExactlyInAnyOrder(
            "a EVENT_TIME 20@20",
            "side:timer a@20",
            "b EVENT_TIME 20@20",
            "side:timer b@20",
            "W20");
  }

  @Test
  void resultsOfAProcessingTimeTimerHaveNoTimestamp() throws Exception {
    OperatorHarness harness =
        OperatorHarness.of(
                new KeyedProcessOperator<>(
                    new KeyedProcessFunction<String, String, String>() {
                      private static final long serialVersionUID = 1L;

                      @Override
                      public void processElement(String value, Context ctx, Collector<String> out) {
                        ctx.timerService().registerProcessingTimeTimer(100);
                      }

                      @Override
                      public void onTimer(
                          long timestamp, OnTimerContext ctx, Collector<String> out) {
                        assertThat(ctx.timeDomain()).isEqualTo(TimeDomain.PROCESSING_TIME);
                        out.collect(ctx.getCurrentKey() + ctx.timestamp());
                      }
                    },
                    FIRST_LETTER))
            .open();
    harness.element("a", 10).time(101);
    assertThat(harness.drain()).containsExactly("a100");
  }

  @Test
  void aProcessFunctionOnAKeyedStreamHasTimers() throws Exception {
    OperatorHarness harness =
        OperatorHarness.of(
                new TimerProcessOperator<>(
                    new ProcessFunction<String, String>() {
                      private static final long serialVersionUID = 1L;

                      @Override
                      public void processElement(String value, Context ctx, Collector<String> out) {
                        ctx.timerService().registerEventTimeTimer(ctx.timestamp() + 1);
                      }

                      @Override
                      public void onTimer(
                          long timestamp, OnTimerContext ctx, Collector<String> out) {
                        out.collect("timer");
                      }
                    },
                    FIRST_LETTER))
            .open();
    harness.element("a", 1).watermark(2);
    assertThat(harness.drain()).containsExactly("timer@2", "W2");
  }

  private static final class CountPerKey extends RichMapFunction<String, Integer> {
    private static final long serialVersionUID = 1L;
    private transient ValueState<Integer> count;

    @Override
    public void open(io.weir.api.functions.OpenContext openContext) {
      count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Types.INT, 0));
    }

    @Override
    public Integer map(String value) throws Exception {
      count.update(count.value() + 1);
      return count.value();
    }
  }

  private static final class TimerPerRecord extends KeyedProcessFunction<String, String, String> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(String value, Context ctx, Collector<String> out) {
      assertThat(ctx.getCurrentKey()).isEqualTo(value);
      ctx.timerService().registerEventTimeTimer(ctx.timestamp() + 10);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext ctx, Collector<String> out) {
      out.collect(ctx.getCurrentKey() + " " + ctx.timeDomain() + " " + timestamp);
      ctx.output(SIDE, "timer " + ctx.getCurrentKey());
    }
  }
}
