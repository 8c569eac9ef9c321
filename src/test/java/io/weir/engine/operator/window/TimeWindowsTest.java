package io.weir.engine.operator.window;

import static io.weir.engine.operator.window.WindowFixture.windows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.api.functions.AggregateFunction;
import io.weir.api.types.Types;
import io.weir.api.windowing.assigners.SlidingEventTimeWindows;
import io.weir.api.windowing.assigners.TumblingEventTimeWindows;
import io.weir.api.windowing.windows.TimeWindow;
import io.weir.testkit.OperatorHarness;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimeWindowsTest {
  private static final Duration TEN = Duration.ofMillis(10);
  private static final Duration FIVE = Duration.ofMillis(5);

  private static WindowFixture<TimeWindow> tumbling() {
    return windows(TumblingEventTimeWindows.of(TEN));
  }

  @Test
  void aWindowFiresWhenTheWatermarkReachesItsLastTimestamp() throws Exception {
    OperatorHarness harness = tumbling().open();
    harness.element("a1", 0).element("a2", 9).element("a3", 10).watermark(8);
    assertThat(harness.drain()).containsExactly("W8");
    harness.watermark(9);
    assertThat(harness.drain()).containsExactly("a[0,10)=a1,a2@9", "W9");
    harness.watermark(19);
    assertThat(harness.drain()).containsExactly("a[10,20)=a3@19", "W19");
  }

  @Test
  void everyKeyHasItsOwnWindows() throws Exception {
    OperatorHarness harness = tumbling().open();
    harness.element("a1", 1).element("b1", 2).element("a2", 3).watermark(9);
    assertThat(harness.drain())
        .endsWith("W9")
        .containsExactlyInAnyOrder("a[0,10)=a1,a2@9", "b[0,10)=b1@9", "W9");
  }

  @Test
  void oneWatermarkFiresSeveralWindowsInOrder() throws Exception {
    OperatorHarness harness = tumbling().open();
    harness.element("a3", 25).element("a1", 5).element("a2", 15).watermark(100);
    assertThat(harness.drain())
        .containsExactly("a[0,10)=a1@9", "a[10,20)=a2@19", "a[20,30)=a3@29", "W100");
  }

  @Test
  void anOffsetMovesTheWindows() throws Exception {
    OperatorHarness harness =
        windows(TumblingEventTimeWindows.of(TEN, Duration.ofMillis(3))).open();
    harness.element("a1", 2).element("a2", 3).element("a3", 12).watermark(100);
    assertThat(harness.drain()).containsExactly("a[-7,3)=a1@2", "a[3,13)=a2,a3@12", "W100");
  }

  @Test
  void timestampsBeforeTheEpochHaveWindowsToo() throws Exception {
    OperatorHarness harness = tumbling().open();
    harness.element("a1", -1).element("a2", -10).element("a3", 0).watermark(100);
    assertThat(harness.drain()).containsExactly("a[-10,0)=a1,a2@-1", "a[0,10)=a3@9", "W100");
  }

  @Test
  void aRecordWithoutTimestampIsRefused() throws Exception {
    OperatorHarness harness = tumbling().open();
    assertThatThrownBy(() -> harness.element("a1")).hasMessageContaining("imestamp");
  }

  @Test
  void aSlidingWindowHoldsEachRecordSizeOverSlideTimes() throws Exception {
    OperatorHarness harness = windows(SlidingEventTimeWindows.of(TEN, FIVE)).open();
    harness.element("a1", 3).element("a2", 7).watermark(100);
    assertThat(harness.drain())
        .containsExactly("a[-5,5)=a1@4", "a[0,10)=a1,a2@9", "a[5,15)=a2@14", "W100");
  }

  @Test
  void aSlidingWindowWithOffset() throws Exception {
    OperatorHarness harness =
        windows(SlidingEventTimeWindows.of(TEN, FIVE, Duration.ofMillis(2))).open();
    harness.element("a1", 6).element("a2", 7).watermark(100);
    assertThat(harness.drain())
        .containsExactly("a[-3,7)=a1@6", "a[2,12)=a1,a2@11", "a[7,17)=a2@16", "W100");
  }

  @Test
  void aSlideLongerThanTheWindowLeavesGaps() throws Exception {
    OperatorHarness harness = windows(SlidingEventTimeWindows.of(FIVE, TEN)).open();
    harness.element("a1", 4).element("a2", 7).element("a3", 10).watermark(100);
    assertThat(harness.drain()).containsExactly("a[0,5)=a1@4", "a[10,15)=a3@14", "W100");
    assertThat(harness.counter("numLateRecordsDropped"))
        .as("a record in a gap is not late")
        .isZero();
  }

  @Test
  void aRecordInAGapIsNotSentToTheSideOutputOfLateRecordsUnlessItIsLate() throws Exception {
    OperatorHarness harness =
        OperatorHarness.of(windows(SlidingEventTimeWindows.of(FIVE, TEN)).lateData().collecting())
            .open();
    harness.element("a1", 7);
    assertThat(harness.drain()).isEmpty();
    harness.watermark(7).element("a2", 7);
    assertThat(harness.drain()).containsExactly("W7", "late:a2@7");
  }

  @Test
  void reducingKeepsOneValuePerWindow() throws Exception {
    OperatorHarness harness = OperatorHarness.of(tumbling().reducing()).open();
    harness.element("a1", 1);
    long one = harness.keyedBytes();
    harness.element("a2", 2).element("a3", 3);
    assertThat(harness.keyedBytes() - one).as("only the value grows").isLessThan(10);
    harness.watermark(9);
    assertThat(harness.drain()).containsExactly("a[0,10)=a1+a2+a3@9", "W9");
  }

  @Test
  void withoutAFunctionTheAggregateIsTheResult() throws Exception {
    OperatorHarness harness =
        OperatorHarness.of(
                tumbling()
                    .operator(
                        ContentsFactory.aggregating(new Averaging(), Types.LIST(Types.LONG)),
                        new ContentsAsResults<>()))
            .open();
    harness.element("a1", 1).element("a5", 2).element("a6", 3).watermark(9);
    assertThat(harness.drain()).containsExactly("4.0@9", "W9");
  }

  @Test
  void windowsGoOnAfterARestore() throws Exception {
    OperatorHarness before = tumbling().open();
    before.element("a1", 1).element("b1", 2).watermark(5);
    OperatorHarness after =
        OperatorHarness.restored(tumbling().collecting(), before.snapshot(1)).open();
    after.element("a2", 6).watermark(9);
    assertThat(after.drain()).containsExactlyInAnyOrder("a[0,10)=a1,a2@9", "b[0,10)=b1@9", "W9");
  }

  @Test
  void aWindowThatIsOverLeavesNothingBehind() throws Exception {
    OperatorHarness harness = tumbling().open();
    long empty = harness.keyedBytes();
    harness.element("a1", 1).element("b1", 11);
    assertThat(harness.keyedBytes()).isGreaterThan(empty);
    harness.watermark(19);
    assertThat(harness.keyedBytes()).isEqualTo(empty);
  }

  @Test
  void theEndOfTheInputFiresEverything() throws Exception {
    OperatorHarness harness = tumbling().open();
    harness.element("a1", 1).finish();
    assertThat(harness.drain()).containsExactly("a[0,10)=a1@9", "Wmax");
  }

  @Test
  void aBurstOfWindowsIsInterruptible() throws Exception {
    OperatorHarness harness = tumbling().open();
    for (int i = 0; i < 100; i++) {
      harness.element("a", i * 10L);
    }
    int[] budget = {30};
    harness.mayContinue(() -> budget[0]-- > 0);
    harness.watermark(2000);
    assertThat(harness.drain()).hasSize(30);
    OperatorHarness after =
        OperatorHarness.restored(tumbling().collecting(), harness.snapshot(1)).open();
    after.watermark(2000);
    assertThat(after.drain()).hasSize(71).startsWith("a[300,310)=a@309");
  }

  private static final class Averaging implements AggregateFunction<String, List<Long>, Double> {
    private static final long serialVersionUID = 1L;

    @Override
    public List<Long> createAccumulator() {
      return List.of(0L, 0L);
    }

    @Override
    public List<Long> add(String value, List<Long> accumulator) {
      return List.of(
          accumulator.get(0) + Long.parseLong(value.substring(1)), accumulator.get(1) + 1);
    }

    @Override
    public Double getResult(List<Long> accumulator) {
      return (double) accumulator.get(0) / accumulator.get(1);
    }

    @Override
    public List<Long> merge(List<Long> a, List<Long> b) {
      return List.of(a.get(0) + b.get(0), a.get(1) + b.get(1));
    }
  }
}
