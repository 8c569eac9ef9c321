package io.weir.engine.operator.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.api.eventtime.Watermark;
import io.weir.api.eventtime.WatermarkGenerator;
import io.weir.api.eventtime.WatermarkOutput;
import io.weir.api.eventtime.WatermarkStrategy;
import io.weir.testkit.OperatorHarness;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimestampsAndWatermarksOperatorTest {

  private static OperatorHarness open(WatermarkStrategy<Long> strategy) throws Exception {
    return OperatorHarness.of(new TimestampsAndWatermarksOperator<>(strategy))
        .withWatermarkInterval(100)
        .open();
  }

  private static WatermarkStrategy<Long> bounded() {
    return WatermarkStrategy.<Long>forBoundedOutOfOrderness(Duration.ofMillis(5))
        .withTimestampAssigner((value, before) -> value);
  }

  @Test
  void watermarksComeAtTheIntervalAndOnlyIfTheyAdvance() throws Exception {
    OperatorHarness harness = open(bounded());
    harness.element(20L).element(17L);
    assertThat(harness.drain()).containsExactly("20@20", "17@17");
    harness.time(99);
    assertThat(harness.drain()).isEmpty();
    harness.time(100);
    assertThat(harness.drain()).containsExactly("W14");
    harness.time(200);
    assertThat(harness.drain()).isEmpty();
    harness.element(30L).time(300);
    assertThat(harness.drain()).containsExactly("30@30", "W24");
  }

  @Test
  void withIntervalZeroThereIsAWatermarkAfterEveryRecord() throws Exception {
    OperatorHarness harness =
        OperatorHarness.of(new TimestampsAndWatermarksOperator<>(bounded()))
            .withWatermarkInterval(0)
            .open();
    harness.element(20L).element(10L).element(21L);
    assertThat(harness.drain()).containsExactly("20@20", "W14", "10@10", "21@21", "W15");
    assertThat(harness.clock().registrations()).isZero();
  }

  @Test
  void theTimestampOfTheRecordIsGivenToTheAssigner() throws Exception {
    OperatorHarness harness =
        open(
            WatermarkStrategy.<Long>noWatermarks()
                .withTimestampAssigner(
                    (value, before) -> before == Long.MIN_VALUE ? 0 : before + value));
    harness.element(3L, 4).element(3L);
    assertThat(harness.drain()).containsExactly("3@7", "3@0");
  }

  @Test
  void watermarksFromUpstreamAreReplacedExceptTheLast() throws Exception {
    OperatorHarness harness = open(bounded());
    harness.element(20L).watermark(1000).time(100);
    assertThat(harness.drain()).containsExactly("20@20", "W14");
    harness.watermark(Long.MAX_VALUE).element(50L).time(200);
    assertThat(harness.drain()).containsExactly("Wmax", "50@50");
  }

  @Test
  void idlenessFromUpstreamIsReplaced() throws Exception {
    OperatorHarness harness = open(bounded());
    harness.idleness(true).idleness(false);
    assertThat(harness.drain()).isEmpty();
  }

  @Test
  void aStreamWithoutRecordsBecomesIdleAndItsNextWatermarkEndsThat() throws Exception {
    OperatorHarness harness = open(bounded().withIdleness(Duration.ofMillis(250)));
    harness.element(20L);
    for (long now = 100; now <= 600; now += 100) {
      harness.time(now);
    }
    assertThat(harness.drain()).containsExactly("20@20", "W14", "idle");
    harness.element(40L).time(700);
    assertThat(harness.drain()).containsExactly("40@40", "active", "W34");
  }

  @Test
  void aGeneratorMayEmitWithEveryRecord() throws Exception {
    OperatorHarness harness =
        open(
            WatermarkStrategy.<Long>forGenerator(context -> new Punctuated())
                .withTimestampAssigner((value, before) -> value));
    harness.element(1L).element(2L).element(2L);
    assertThat(harness.drain()).containsExactly("1@1", "W1", "2@2", "W2", "2@2");
  }

  @Test
  void nothingFollowsTheLastWatermark() throws Exception {
    OperatorHarness harness = open(bounded());
    harness.element(20L);
    harness.drain();
    harness.finish();
    assertThat(harness.drain()).containsExactly("Wmax");
  }

  private static final class Punctuated implements WatermarkGenerator<Long> {
    @Override
    public void onEvent(Long event, long eventTimestamp, WatermarkOutput output) {
      output.emitWatermark(new Watermark(eventTimestamp));
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {}
  }
}
