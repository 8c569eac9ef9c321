package io.weir.engine.operator.window;

import static io.weir.engine.operator.window.WindowFixture.windows;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.api.windowing.assigners.EventTimeSessionWindows;
import io.weir.api.windowing.assigners.TumblingEventTimeWindows;
import io.weir.api.windowing.triggers.EventTimeTrigger;
import io.weir.api.windowing.triggers.PurgingTrigger;
import io.weir.api.windowing.windows.TimeWindow;
import io.weir.testkit.OperatorHarness;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LatenessTest {

  private static WindowFixture<TimeWindow> tumbling() {
    return windows(TumblingEventTimeWindows.of(Duration.ofMillis(10)));
  }

  @Test
  void withoutLatenessARecordOfAFiredWindowIsDroppedAndCounted() throws Exception {
    OperatorHarness harness = tumbling().open();
    harness.watermark(9).element("a1", 9);
    assertThat(harness.counter("numLateRecordsDropped")).isEqualTo(1);
    harness.watermark(100);
    assertThat(harness.drain()).containsExactly("W9", "W100");
  }

  @Test
  void aRecordBehindTheWatermarkWhoseWindowIsOpenIsNotLate() throws Exception {
    OperatorHarness harness = tumbling().open();
    harness.watermark(8).element("a1", 1).watermark(9);
    assertThat(harness.drain()).containsExactly("W8", "a[0,10)=a1@9", "W9");
    assertThat(harness.counter("numLateRecordsDropped")).isZero();
  }

  @Test
  void lateRecordsGoToTheirSideOutputAndAreNotCounted() throws Exception {
    OperatorHarness harness = OperatorHarness.of(tumbling().lateData().collecting()).open();
    harness.watermark(9).element("a1", 4);
    assertThat(harness.drain()).containsExactly("W9", "late:a1@4");
    assertThat(harness.counter("numLateRecordsDropped")).isZero();
  }

  @Test
  void withinTheLatenessEveryRecordFiresTheWindowAgain() throws Exception {
    OperatorHarness harness =
        OperatorHarness.of(tumbling().lateness(5).lateData().collecting()).open();
    harness.element("a1", 1).watermark(9).element("a2", 2).watermark(13).element("a3", 3);
    assertThat(harness.drain())
        .containsExactly("a[0,10)=a1@9", "W9", "a[0,10)=a1,a2@9", "W13", "a[0,10)=a1,a2,a3@9");
  }

  @Test
  void theLatenessEndsExactlyAtMaxTimestampPlusLateness() throws Exception {
    OperatorHarness harness =
        OperatorHarness.of(tumbling().lateness(5).lateData().collecting()).open();
    harness.element("a1", 1).watermark(13).drain();
    harness.element("a2", 2);
    assertThat(harness.drain()).containsExactly("a[0,10)=a1,a2@9");
    harness.watermark(14).element("a3", 3);
    assertThat(harness.drain()).containsExactly("W14", "late:a3@3");
  }

  @Test
  void stateIsKeptUntilTheLatenessIsOver() throws Exception {
    OperatorHarness harness = OperatorHarness.of(tumbling().lateness(5).collecting()).open();
    long empty = harness.keyedBytes();
    harness.element("a1", 1).watermark(13);
    assertThat(harness.keyedBytes()).isGreaterThan(empty);
    harness.watermark(14);
    assertThat(harness.keyedBytes()).isEqualTo(empty);
  }

  @Test
  void theWindowDoesNotFireAgainWhenItsLatenessIsOver() throws Exception {
    OperatorHarness harness = OperatorHarness.of(tumbling().lateness(5).collecting()).open();
    harness.element("a1", 1).watermark(9).drain();
    harness.watermark(14);
    assertThat(harness.drain()).containsExactly("W14");
  }

  @Test
  void aLateRecordOfAWindowThatNeverWasOpensIt() throws Exception {
    OperatorHarness harness = OperatorHarness.of(tumbling().lateness(5).collecting()).open();
    harness.watermark(12).element("a1", 1);
    assertThat(harness.drain()).containsExactly("W12", "a[0,10)=a1@9");
  }

  @Test
  void purgingMakesLateFiringsContainLateRecordsOnly() throws Exception {
    OperatorHarness harness =
        OperatorHarness.of(
                tumbling()
                    .lateness(5)
                    .trigger(PurgingTrigger.of(EventTimeTrigger.create()))
                    .collecting())
            .open();
    harness.element("a1", 1).watermark(9).element("a2", 2);
    assertThat(harness.drain()).containsExactly("a[0,10)=a1@9", "W9", "a[0,10)=a2@9");
  }

  @Test
  void anEndlessLatenessDoesNotOverflow() throws Exception {
    OperatorHarness harness =
        OperatorHarness.of(tumbling().lateness(Long.MAX_VALUE).collecting()).open();
    harness.element("a1", 1).watermark(1_000_000).element("a2", 2);
    assertThat(harness.drain()).containsExactly("a[0,10)=a1@9", "W1000000", "a[0,10)=a1,a2@9");
  }

  @Test
  void aLateSessionMayStillGrowAndFiresAgain() throws Exception {
    OperatorHarness harness =
        OperatorHarness.of(
                windows(EventTimeSessionWindows.withGap(Duration.ofMillis(10)))
                    .lateness(20)
                    .lateData()
                    .collecting())
            .open();
    harness.element("a1", 0).watermark(15).element("a2", 5);
    assertThat(harness.drain()).containsExactly("a[0,10)=a1@9", "W15", "a[0,15)=a1,a2@14");
    harness.watermark(34).element("a3", 1);
    assertThat(harness.drain()).containsExactly("W34", "late:a3@1");
  }

  @Test
  void aLateRecordThatReachesAnOpenSessionIsNotLate() throws Exception {
    OperatorHarness harness =
        OperatorHarness.of(
                windows(EventTimeSessionWindows.withGap(Duration.ofMillis(10)))
                    .lateData()
                    .collecting())
            .open();
    harness.element("a1", 20).watermark(19).element("a2", 12).element("a3", 1);
    assertThat(harness.drain()).containsExactly("W19", "late:a3@1");
    harness.watermark(29);
    assertThat(harness.drain()).containsExactly("a[12,30)=a1,a2@29", "W29");
  }
}
