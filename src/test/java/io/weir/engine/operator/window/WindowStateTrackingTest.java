package io.weir.engine.operator.window;

import static io.weir.engine.operator.window.WindowFixture.windows;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.api.functions.windowing.ProcessWindowFunction;
import io.weir.api.state.ValueState;
import io.weir.api.state.ValueStateDescriptor;
import io.weir.api.types.Collector;
import io.weir.api.types.Types;
import io.weir.api.windowing.assigners.EventTimeSessionWindows;
import io.weir.api.windowing.assigners.TumblingEventTimeWindows;
import io.weir.api.windowing.windows.TimeWindow;
import io.weir.engine.OperatorMetrics;
import io.weir.engine.operator.AccessTracking;
import io.weir.engine.operator.StateTracking;
import io.weir.engine.operator.StateTracking.Sampling;
import io.weir.engine.operator.StreamOperator;
import io.weir.testkit.OperatorHarness;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What windows hold is measured like other keyed state. */
@SuppressWarnings("SameNameButDifferent") // authors write Context as well
class WindowStateTrackingTest {
  private static final Optional<Sampling> EVERY = Optional.of(new Sampling(1, 100));
  private final OperatorMetrics metrics = new OperatorMetrics();

  private OperatorHarness open(StreamOperator operator) throws Exception {
    return OperatorHarness.of(operator)
        .withAccessTracking(
            new AccessTracking(new StateTracking(EVERY, EVERY), metrics, System::nanoTime))
        .open();
  }

  @Test
  void eachRecordThatAWindowTakesIsMeasured() throws Exception {
    OperatorHarness harness =
        open(windows(TumblingEventTimeWindows.of(Duration.ofMillis(10))).collecting());
    harness.element("a", 1).element("abcd", 2).element("b", 11).watermark(19);

    assertThat(harness.drain()).contains("a[0,10)=a,abcd@9", "b[10,20)=b@19");
    assertThat(metrics.values())
        .containsEntry("window-contents.listStateAddLatency.samples", 3L)
        .containsEntry("window-contents.listStateAddValueSize.samples", 3L)
        .containsEntry("window-contents.listStateAddValueSize.max", 5L)
        .containsEntry("window-contents.listStateGetLatency.samples", 2L);
  }

  @Test
  void whatMergesIsMeasuredAndStillMerges() throws Exception {
    OperatorHarness harness =
        open(windows(EventTimeSessionWindows.withGap(Duration.ofMillis(10))).reducing());
    harness.element("a1", 1).element("a2", 15).element("a3", 8).watermark(100);

    assertThat(harness.drain().get(0)).startsWith("a[1,25)=");
    assertThat(metrics.values())
        .containsEntry("window-contents.reducingStateAddLatency.samples", 3L)
        .containsKey("merging-window-set.listStateUpdateLatency.samples");
  }

  @Test
  void aFunctionThatAsksForItsStateEachTimeHasOneFigureOfIt() throws Exception {
    OperatorHarness harness =
        open(
            windows(TumblingEventTimeWindows.of(Duration.ofMillis(10)))
                .operator(
                    ContentsFactory.collecting(Types.STRING),
                    new ProcessedResults<>(new CountingBoth())));
    harness.element("a", 1).element("a", 11).element("a", 21).watermark(29);

    assertThat(harness.drain()).contains("1 1@9", "2 1@19", "3 1@29");
    assertThat(metrics.values())
        .containsEntry("of-key.valueStateUpdateLatency.samples", 3L)
        .containsEntry("of-window.valueStateUpdateLatency.samples", 3L);
  }

  private static final class CountingBoth
      extends ProcessWindowFunction<String, String, String, TimeWindow> {
    private static final long serialVersionUID = 1L;

    @Override
    public void process(
        String key, Context context, Iterable<String> elements, Collector<String> out)
        throws Exception {
      ValueState<Integer> ofKey =
          context.globalState().getState(new ValueStateDescriptor<>("of-key", Types.INT, 0));
      ValueState<Integer> ofWindow =
          context.windowState().getState(new ValueStateDescriptor<>("of-window", Types.INT, 0));
      ofKey.update(ofKey.value() + 1);
      ofWindow.update(ofWindow.value() + 1);
      out.collect(ofKey.value() + " " + ofWindow.value());
    }
  }
}
