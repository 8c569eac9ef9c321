package io.weir.engine.operator.window;

import static io.weir.engine.operator.window.WindowFixture.windows;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.api.types.Types;
import io.weir.api.windowing.assigners.GlobalWindows;
import io.weir.api.windowing.assigners.TumblingEventTimeWindows;
import io.weir.api.windowing.assigners.TumblingProcessingTimeWindows;
import io.weir.api.windowing.triggers.ContinuousEventTimeTrigger;
import io.weir.api.windowing.triggers.ContinuousProcessingTimeTrigger;
import io.weir.api.windowing.triggers.CountTrigger;
import io.weir.api.windowing.triggers.DeltaTrigger;
import io.weir.api.windowing.triggers.ProcessingTimeTrigger;
import io.weir.api.windowing.triggers.PurgingTrigger;
import io.weir.api.windowing.triggers.Trigger;
import io.weir.api.windowing.triggers.TriggerResult;
import io.weir.api.windowing.windows.GlobalWindow;
import io.weir.api.windowing.windows.TimeWindow;
import io.weir.testkit.OperatorHarness;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TriggersTest {
  private static final Duration TEN = Duration.ofMillis(10);

  private static WindowFixture<TimeWindow> tumbling() {
    return windows(TumblingEventTimeWindows.of(TEN));
  }

  private static WindowFixture<GlobalWindow> global() {
    return windows(GlobalWindows.create());
  }

  @Test
  void aGlobalWindowDoesNotFireByItself() throws Exception {
    OperatorHarness harness = global().open();
    harness.element("a1", 1).finish();
    assertThat(harness.drain()).containsExactly("Wmax");
  }

  @Test
  void aGlobalWindowMayFireAtTheEndOfTheStream() throws Exception {
    OperatorHarness harness = windows(GlobalWindows.createWithEndOfStreamTrigger()).open();
    harness.element("a1", 1).element("a2").watermark(1000);
    assertThat(harness.drain()).containsExactly("W1000");
    harness.finish();
    assertThat(harness.drain()).containsExactly("a[all)=a1,a2@9223372036854775807", "Wmax");
  }

  @Test
  void aCountFiresTheWholeWindowEachTime() throws Exception {
    OperatorHarness harness =
        OperatorHarness.of(global().trigger(CountTrigger.of(2)).collecting()).open();
    harness.element("a1").element("b1").element("a2").element("a3").element("a4");
    assertThat(harness.values()).containsExactly("a[all)=a1,a2", "a[all)=a1,a2,a3,a4");
  }

  @Test
  void aPurgedCountWindowBeginsAnew() throws Exception {
    OperatorHarness harness =
        OperatorHarness.of(global().trigger(PurgingTrigger.of(CountTrigger.of(2))).collecting())
            .open();
    harness.element("a1").element("a2").element("a3").element("a4");
    assertThat(harness.values()).containsExactly("a[all)=a1,a2", "a[all)=a3,a4");
  }

  @Test
  void countsAreRestored() throws Exception {
    OperatorHarness before =
        OperatorHarness.of(global().trigger(CountTrigger.of(3)).collecting()).open();
    before.element("a1").element("a2");
    OperatorHarness after =
        OperatorHarness.restored(
                global().trigger(CountTrigger.of(3)).collecting(), before.snapshot(1))
            .open();
    after.element("a3");
    assertThat(after.values()).containsExactly("a[all)=a1,a2,a3");
  }

  @Test
  void aCountInTimeWindowsIsForgottenWithTheWindow() throws Exception {
    OperatorHarness harness =
        OperatorHarness.of(tumbling().trigger(CountTrigger.of(2)).collecting()).open();
    long empty = harness.keyedBytes();
    harness.element("a1", 1).watermark(9).element("a2", 11);
    assertThat(harness.values()).isEmpty();
    harness.watermark(19);
    assertThat(harness.keyedBytes()).isEqualTo(empty);
  }

  @Test
  void aContinuousTriggerFiresAtMultiplesOfItsInterval() throws Exception {
    OperatorHarness harness =
        OperatorHarness.of(
                tumbling()
                    .trigger(ContinuousEventTimeTrigger.of(Duration.ofMillis(3)))
                    .collecting())
            .open();
    harness.element("a1", 1).watermark(2);
    assertThat(harness.drain()).containsExactly("W2");
    harness.watermark(3);
    assertThat(harness.drain()).containsExactly("a[0,10)=a1@9", "W3");
    harness.element("a2", 4).watermark(9);
    assertThat(harness.drain())
        .as("at 6, and at 9, which is also the window's end")
        .containsExactly("a[0,10)=a1,a2@9", "a[0,10)=a1,a2@9", "W9");
  }

  @Test
  void aContinuousTriggerLeavesNothingBehind() throws Exception {
    OperatorHarness harness =
        OperatorHarness.of(
                tumbling()
                    .trigger(ContinuousEventTimeTrigger.of(Duration.ofMillis(4)))
                    .collecting())
            .open();
    long empty = harness.keyedBytes();
    harness.element("a1", 1).watermark(9);
    assertThat(harness.keyedBytes()).isEqualTo(empty);
  }

  @Test
  void aContinuousTriggerByProcessingTime() throws Exception {
    OperatorHarness harness =
        OperatorHarness.of(
                global()
                    .trigger(ContinuousProcessingTimeTrigger.of(Duration.ofMillis(10)))
                    .collecting())
            .open();
    harness.time(5).element("a1").time(11);
    assertThat(harness.values()).containsExactly("a[all)=a1");
    harness.time(21);
    assertThat(harness.values()).hasSize(2);
  }

  @Test
  void aDeltaTriggerFiresWhenARecordIsFarEnoughFromTheLastThatFired() throws Exception {
    OperatorHarness harness =
        OperatorHarness.of(
                global()
                    .trigger(
                        PurgingTrigger.of(
                            DeltaTrigger.<String, GlobalWindow>of(
                                5, (older, newer) -> number(newer) - number(older), Types.STRING)))
                    .collecting())
            .open();
    harness.element("a1").element("a4").element("a7").element("a9").element("a13");
    assertThat(harness.values()).containsExactly("a[all)=a1,a4,a7", "a[all)=a9,a13");
  }

  private static double number(String value) {
    return Double.parseDouble(value.substring(1));
  }

  @Test
  void aPurgeWithoutFiringDropsTheContents() throws Exception {
    OperatorHarness harness =
        OperatorHarness.of(tumbling().trigger(new PurgeOnX()).collecting()).open();
    harness.element("a1", 1).element("ax", 2).element("a2", 3).watermark(9);
    assertThat(harness.drain()).containsExactly("a[0,10)=a2@9", "W9");
  }

  @Test
  void aWindowThatWasPurgedAndGotNothingNewDoesNotFire() throws Exception {
    OperatorHarness harness =
        OperatorHarness.of(tumbling().trigger(new PurgeOnX()).collecting()).open();
    harness.element("a1", 1).element("ax", 2).watermark(9);
    assertThat(harness.drain()).containsExactly("W9");
  }

  @Test
  void windowsByProcessingTimeFireWhenTheirTimeIsOver() throws Exception {
    OperatorHarness harness = windows(TumblingProcessingTimeWindows.of(TEN)).open();
    harness.time(3).element("a1", 500).time(9).element("a2");
    assertThat(harness.drain()).isEmpty();
    harness.time(10);
    assertThat(harness.drain()).containsExactly("a[0,10)=a1,a2@9");
    harness.element("a3").time(25);
    assertThat(harness.drain()).containsExactly("a[10,20)=a3@19");
  }

  @Test
  void windowsByProcessingTimeKnowNoLateness() throws Exception {
    OperatorHarness harness = windows(TumblingProcessingTimeWindows.of(TEN)).open();
    harness.watermark(1_000_000).time(3).element("a1", 1).time(10);
    assertThat(harness.drain()).containsExactly("W1000000", "a[0,10)=a1@9");
    assertThat(harness.counter("numLateRecordsDropped")).isZero();
  }

  @Test
  void windowsByProcessingTimeFireAfterARestore() throws Exception {
    OperatorHarness before = windows(TumblingProcessingTimeWindows.of(TEN)).open();
    before.time(3).element("a1");
    OperatorHarness after =
        OperatorHarness.restored(
                windows(TumblingProcessingTimeWindows.of(TEN)).collecting(), before.snapshot(1))
            .open();
    after.time(1000);
    assertThat(after.drain()).containsExactly("a[0,10)=a1@9");
  }

  @Test
  void windowsByEventTimeMayFireByProcessingTime() throws Exception {
    OperatorHarness harness =
        OperatorHarness.of(tumbling().trigger(ProcessingTimeTrigger.create()).collecting()).open();
    long empty = harness.keyedBytes();
    harness.element("a1", 1).time(10);
    assertThat(harness.drain()).containsExactly("a[0,10)=a1@9");
    harness.watermark(9);
    assertThat(harness.drain()).containsExactly("W9");
    assertThat(harness.keyedBytes()).as("event time ends the window").isEqualTo(empty);
  }

  /** Fires at the end, and purges when a record with an x comes. */
  private static final class PurgeOnX extends Trigger<String, TimeWindow> {
    private static final long serialVersionUID = 1L;

    @Override
    public TriggerResult onElement(
        String element, long timestamp, TimeWindow window, TriggerContext ctx) {
      ctx.registerEventTimeTimer(window.maxTimestamp());
      return element.contains("x") ? TriggerResult.PURGE : TriggerResult.CONTINUE;
    }

    @Override
    public TriggerResult onProcessingTime(long time, TimeWindow window, TriggerContext ctx) {
      return TriggerResult.CONTINUE;
    }

    @Override
    public TriggerResult onEventTime(long time, TimeWindow window, TriggerContext ctx) {
      return TriggerResult.FIRE;
    }

    @Override
    public void clear(TimeWindow window, TriggerContext ctx) {
      ctx.deleteEventTimeTimer(window.maxTimestamp());
    }
  }
}
