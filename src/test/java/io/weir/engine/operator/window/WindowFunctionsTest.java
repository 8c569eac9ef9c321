package io.weir.engine.operator.window;

import static io.weir.engine.operator.window.WindowFixture.windows;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.api.functions.OpenContext;
import io.weir.api.functions.windowing.ProcessAllWindowFunction;
import io.weir.api.functions.windowing.ProcessWindowFunction;
import io.weir.api.functions.windowing.RichWindowFunction;
import io.weir.api.state.ValueState;
import io.weir.api.state.ValueStateDescriptor;
import io.weir.api.types.Collector;
import io.weir.api.types.OutputTag;
import io.weir.api.types.Types;
import io.weir.api.windowing.assigners.TumblingEventTimeWindows;
import io.weir.api.windowing.windows.TimeWindow;
import io.weir.engine.operator.StreamOperator;
import io.weir.testkit.OperatorHarness;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@SuppressWarnings("SameNameButDifferent") // authors write Context as well
class WindowFunctionsTest {
  private static final OutputTag<String> SIDE = new OutputTag<>("side", Types.STRING);
  private static final ValueStateDescriptor<Integer> FIRINGS =
      new ValueStateDescriptor<>("firings", Types.INT, 0);
  private static final ValueStateDescriptor<Integer> TOTAL =
      new ValueStateDescriptor<>("total", Types.INT, 0);

  private static WindowFixture<TimeWindow> tumbling() {
    return windows(TumblingEventTimeWindows.of(Duration.ofMillis(10)));
  }

  private static OperatorHarness open(
      WindowFixture<TimeWindow> fixture, WindowResults<String, String, String, TimeWindow> results)
      throws Exception {
    return OperatorHarness.of(fixture.operator(ContentsFactory.collecting(Types.STRING), results))
        .open();
  }

  @Test
  void aWindowFunctionGetsKeyWindowAndRecords() throws Exception {
    OperatorHarness harness =
        open(
            tumbling(),
            new AppliedResults<>(
                (key, window, values, out) ->
                    out.collect(key + WindowFixture.show(window) + values.iterator().next())));
    harness.element("a1", 1).watermark(9);
    assertThat(harness.drain()).containsExactly("a[0,10)a1@9", "W9");
  }

  @Test
  void aRichWindowFunctionIsOpenedAndHasStateByKey() throws Exception {
    OperatorHarness harness = open(tumbling(), new AppliedResults<>(new CountingFunction()));
    harness.element("a1", 1).element("a2", 11).element("b1", 11).watermark(19);
    assertThat(harness.drain())
        .endsWith("W19")
        .containsExactlyInAnyOrder("a 1@9", "a 2@19", "b 1@19", "W19");
  }

  @Test
  void stateByWindowIsApartFromStateByKeyAndEndsWithTheWindow() throws Exception {
    OperatorHarness harness = open(tumbling().lateness(5), new ProcessedResults<>(new StateUser()));
    long empty = harness.keyedBytes();
    harness.element("a1", 1).watermark(9).element("a2", 2).element("a3", 11).watermark(19);
    assertThat(harness.drain())
        .containsExactly(
            "window 1 total 1@9",
            "W9",
            "window 2 total 2@9",
            "side:clear [0,10)@9",
            "window 1 total 3@19",
            "W19");
    harness.watermark(30);
    assertThat(harness.drain()).containsExactly("side:clear [10,20)@19", "W30");
    assertThat(harness.keyedBytes()).as("only the total of the key is left").isGreaterThan(empty);
  }

  @Test
  void aWindowFunctionSeesTheTimes() throws Exception {
    OperatorHarness harness =
        open(
            tumbling(),
            new ProcessedResults<>(
                new ProcessWindowFunction<String, String, String, TimeWindow>() {
                  private static final long serialVersionUID = 1L;

                  @Override
                  public void process(
                      String key,
                      Context context,
                      Iterable<String> elements,
                      Collector<String> out) {
                    out.collect(context.currentWatermark() + "/" + context.currentProcessingTime());
                  }
                }));
    harness.time(77).element("a1", 1).watermark(12);
    assertThat(harness.drain()).containsExactly("12/77@9", "W12");
  }

  @Test
  void aFunctionOfAllKeysGetsEveryRecordOfTheWindow() throws Exception {
    StreamOperator operator =
        new WindowOperator<>(
            new WindowPolicy<>(
                TumblingEventTimeWindows.of(Duration.ofMillis(10)),
                TumblingEventTimeWindows.of(Duration.ofMillis(10)).getDefaultTrigger(),
                0,
                null),
            ContentsFactory.collecting(Types.STRING),
            new AllProcessedResults<Byte, String, String, TimeWindow>(new JoinAll()),
            value -> (byte) 0);
    OperatorHarness harness = OperatorHarness.of(operator).withKeys(Types.BYTE).open();
    harness.element("a1", 1).element("b1", 2).watermark(9);
    assertThat(harness.drain()).containsExactly("[0,10) a1 b1@9", "side:joined@9", "W9");
  }

  @Test
  void aPlainFunctionOfAllKeys() throws Exception {
    OperatorHarness harness =
        open(
            tumbling(),
            new AllAppliedResults<>(
                (window, values, out) -> values.forEach(value -> out.collect(value + "!"))));
    harness.element("a1", 1).element("a2", 2).watermark(9);
    assertThat(harness.drain()).containsExactly("a1!@9", "a2!@9", "W9");
  }

  private static final class CountingFunction
      extends RichWindowFunction<String, String, String, TimeWindow> {
    private static final long serialVersionUID = 1L;
    private transient ValueState<Integer> count;

    @Override
    public void open(OpenContext openContext) {
      count = getRuntimeContext().getState(TOTAL);
    }

    @Override
    public void apply(String key, TimeWindow window, Iterable<String> input, Collector<String> out)
        throws Exception {
      count.update(count.value() + 1);
      out.collect(key + " " + count.value());
    }
  }

  private static final class StateUser
      extends ProcessWindowFunction<String, String, String, TimeWindow> {
    private static final long serialVersionUID = 1L;

    @Override
    public void process(
        String key, Context context, Iterable<String> elements, Collector<String> out)
        throws Exception {
      ValueState<Integer> firings = context.windowState().getState(FIRINGS);
      firings.update(firings.value() + 1);
      ValueState<Integer> total = context.globalState().getState(TOTAL);
      total.update(total.value() + 1);
      out.collect("window " + firings.value() + " total " + total.value());
    }

    @Override
    public void clear(Context context) throws Exception {
      context.windowState().getState(FIRINGS).clear();
      context.output(SIDE, "clear " + WindowFixture.show(context.window()));
    }
  }

  private static final class JoinAll extends ProcessAllWindowFunction<String, String, TimeWindow> {
    private static final long serialVersionUID = 1L;

    @Override
    public void process(Context context, Iterable<String> elements, Collector<String> out) {
      StringBuilder text = new StringBuilder(WindowFixture.show(context.window()));
      elements.forEach(element -> text.append(' ').append(element));
      out.collect(text.toString());
      context.output(SIDE, "joined");
    }
  }
}
