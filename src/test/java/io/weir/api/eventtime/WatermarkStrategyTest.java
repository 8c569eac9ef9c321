package io.weir.api.eventtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.api.metrics.MetricGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatermarkStrategyTest {
  private final ManualClock clock = new ManualClock();
  private final RecordingOutput output = new RecordingOutput();

  private <T> WatermarkGenerator<T> generator(WatermarkStrategy<T> strategy) {
    return strategy.createWatermarkGenerator(
        new WatermarkGeneratorSupplier.Context() {
          @Override
          public MetricGroup getMetricGroup() {
            throw new UnsupportedOperationException();
          }

          @Override
          public RelativeClock getInputActivityClock() {
            return clock;
          }
        });
  }

  private static long timestampOf(WatermarkStrategy<Long> strategy, long value) {
    return strategy
        .createTimestampAssigner(
            () -> {
              throw new UnsupportedOperationException();
            })
        .extractTimestamp(value, 7);
  }

  @Test
  void boundedWatermarksStayBehindTheGreatestTimestamp() {
    WatermarkGenerator<String> generator =
        generator(WatermarkStrategy.forBoundedOutOfOrderness(Duration.ofMillis(10)));

    generator.onPeriodicEmit(output);
    generator.onEvent("a", 100, output);
    generator.onEvent("b", 50, output);
    generator.onPeriodicEmit(output);

    assertThat(output.events).containsExactly("watermark " + Long.MIN_VALUE, "watermark 89");
  }

  @Test
  void monotonousWatermarksStayRightBehindTheTimestamp() {
    WatermarkGenerator<String> generator = generator(WatermarkStrategy.forMonotonousTimestamps());

    generator.onPeriodicEmit(output);
    generator.onEvent("a", 100, output);
    generator.onPeriodicEmit(output);

    assertThat(output.events).containsExactly("watermark " + Long.MIN_VALUE, "watermark 99");
  }

  @Test
  void noWatermarksAreNone() {
    WatermarkGenerator<String> generator = generator(WatermarkStrategy.noWatermarks());

    generator.onEvent("a", 100, output);
    generator.onPeriodicEmit(output);

    assertThat(output.events).isEmpty();
  }

  @Test
  void whenNothingComesForTheTimeout_thenTheOutputIsMarkedIdleOnce() {
    WatermarkGenerator<String> generator =
        generator(
            WatermarkStrategy.<String>forMonotonousTimestamps()
                .withIdleness(Duration.ofSeconds(5)));

    generator.onEvent("a", 100, output);
    generator.onPeriodicEmit(output);
    generator.onPeriodicEmit(output);
    clock.advance(Duration.ofSeconds(5));
    generator.onPeriodicEmit(output);
    assertThat(output.events).containsOnly("watermark 99");
    output.events.clear();

    clock.advance(Duration.ofNanos(1));
    generator.onPeriodicEmit(output);
    clock.advance(Duration.ofSeconds(60));
    generator.onPeriodicEmit(output);

    assertThat(output.events).containsExactly("idle");
  }

  @Test
  void whenARecordComesAfterIdleness_thenWatermarksAndTheTimeoutStartAgain() {
    WatermarkGenerator<String> generator =
        generator(
            WatermarkStrategy.<String>forMonotonousTimestamps()
                .withIdleness(Duration.ofSeconds(5)));
    generator.onPeriodicEmit(output);
    clock.advance(Duration.ofSeconds(6));
    generator.onPeriodicEmit(output);
    output.events.clear();

    generator.onEvent("a", 100, output);
    generator.onPeriodicEmit(output);
    clock.advance(Duration.ofSeconds(6));
    generator.onPeriodicEmit(output);
    assertThat(output.events).containsExactly("watermark 99", "watermark 99");

    clock.advance(Duration.ofSeconds(6));
    generator.onPeriodicEmit(output);
    assertThat(output.events).containsExactly("watermark 99", "watermark 99", "idle");
  }

  @Test
  void recordsBetweenTwoEmitsPreventIdleness() {
    WatermarkGenerator<String> generator =
        generator(WatermarkStrategy.<String>noWatermarks().withIdleness(Duration.ofSeconds(1)));

    for (int i = 0; i < 10; i++) {
      generator.onEvent("a", i, output);
      clock.advance(Duration.ofMinutes(1));
      generator.onPeriodicEmit(output);
    }

    assertThat(output.events).isEmpty();
  }

  @Test
  void withoutAnAssignerTheTimestampOfTheSourceIsKept() {
    assertThat(timestampOf(WatermarkStrategy.noWatermarks(), 42)).isEqualTo(7);
  }

  @Test
  void whatIsAddedToAStrategyAddsUpInAnyOrder() {
    WatermarkStrategy<Long> strategy =
        WatermarkStrategy.<Long>forMonotonousTimestamps()
            .withTimestampAssigner((element, recordTimestamp) -> element)
            .withIdleness(Duration.ofSeconds(1))
            .withWatermarkAlignment("group", Duration.ofSeconds(20));

    assertThat(timestampOf(strategy, 42)).isEqualTo(42);
    assertThat(generator(strategy)).isInstanceOf(WatermarksWithIdleness.class);
    assertThat(strategy.getAlignmentParameters())
        .isEqualTo(
            new WatermarkAlignmentParams("group", Duration.ofSeconds(20), Duration.ofSeconds(1)));
  }

  @Test
  void anAssignerSupplierIsAskedForAnAssigner() {
    WatermarkStrategy<Long> strategy =
        WatermarkStrategy.<Long>noWatermarks()
            .withTimestampAssigner(context -> (element, recordTimestamp) -> element + 1);

    assertThat(timestampOf(strategy, 42)).isEqualTo(43);
  }

  @Test
  void aCustomGeneratorIsUsed() {
    WatermarkStrategy<Long> strategy =
        WatermarkStrategy.forGenerator(context -> new NoWatermarksGenerator<>());

    assertThat(generator(strategy)).isInstanceOf(NoWatermarksGenerator.class);
  }

  @Test
  void whenATimeMakesNoSense_thenItIsRefused() {
    assertThatThrownBy(() -> WatermarkStrategy.forBoundedOutOfOrderness(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> WatermarkStrategy.noWatermarks().withIdleness(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static final class ManualClock implements RelativeClock {
    private long nanos = -1_000;

    void advance(Duration duration) {
      nanos += duration.toNanos();
    }

    @Override
    public long relativeTimeMillis() {
      return Math.floorDiv(nanos, 1_000_000L);
    }

    @Override
    public long relativeTimeNanos() {
      return nanos;
    }
  }

  private static final class RecordingOutput implements WatermarkOutput {
    private final List<String> events = new ArrayList<>();

    @Override
    public void emitWatermark(Watermark watermark) {
      events.add("watermark " + watermark.getTimestamp());
    }

    @Override
    public void markIdle() {
      events.add("idle");
    }

    @Override
    public void markActive() {
      events.add("active");
    }
  }
}
