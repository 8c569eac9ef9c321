package io.weir.engine.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.api.connector.SourceOutput;
import io.weir.api.eventtime.WatermarkStrategy;
import io.weir.api.types.OutputTag;
import io.weir.engine.operator.Output;
import io.weir.testkit.ManualProcessingTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SourceOutputsTest {
  private static final long INTERVAL = 100;

  private final List<String> emitted = new ArrayList<>();
  private final ManualProcessingTime time = new ManualProcessingTime();

  private SourceOutputs<Long> outputs(WatermarkStrategy<Long> strategy) {
    SourceOutputs<Long> outputs = new SourceOutputs<>(new Noted(), strategy, time, null);
    outputs.startPeriodicWatermarks(INTERVAL);
    return outputs;
  }

  /** Records whose value is their timestamp; the watermark is right behind the greatest. */
  private static WatermarkStrategy<Long> ascending() {
    return WatermarkStrategy.<Long>forMonotonousTimestamps()
        .withTimestampAssigner((value, timestamp) -> value);
  }

  @Test
  void recordsGetTheirTimestampsFromTheStrategy() {
    outputs(ascending()).collect(7L);
    assertThat(emitted).containsExactly("7@7");
  }

  @Test
  void watermarksFollowTheInterval() throws Exception {
    SourceOutputs<Long> outputs = outputs(ascending());
    outputs.collect(7L);
    outputs.collect(9L);
    assertThat(emitted).containsExactly("7@7", "9@9");
    time.set(INTERVAL);
    assertThat(emitted).containsExactly("7@7", "9@9", "W8");
    time.set(2 * INTERVAL);
    assertThat(emitted).as("nothing new, nothing said").hasSize(3);
  }

  @Test
  void theSlowestSplitDecides() throws Exception {
    SourceOutputs<Long> outputs = outputs(ascending());
    SourceOutput<Long> fast = outputs.createOutputForSplit("fast");
    SourceOutput<Long> slow = outputs.createOutputForSplit("slow");
    fast.collect(100L);
    time.set(INTERVAL);
    assertThat(watermarks()).isEmpty();
    slow.collect(20L);
    time.set(2 * INTERVAL);
    assertThat(watermarks()).containsExactly("W19");
    slow.collect(200L);
    time.set(3 * INTERVAL);
    assertThat(watermarks()).containsExactly("W19", "W99");
  }

  @Test
  void nobodyWaitsForASplitThatHasBeenRead() throws Exception {
    SourceOutputs<Long> outputs = outputs(ascending());
    outputs.createOutputForSplit("fast").collect(100L);
    outputs.createOutputForSplit("slow").collect(20L);
    time.set(INTERVAL);
    outputs.releaseOutputForSplit("slow");
    assertThat(watermarks()).containsExactly("W19", "W99");
  }

  @Test
  void aSplitThatComesLaterDoesNotTurnTimeBack() throws Exception {
    SourceOutputs<Long> outputs = outputs(ascending());
    outputs.createOutputForSplit("first").collect(100L);
    time.set(INTERVAL);
    outputs.createOutputForSplit("second").collect(5L);
    time.set(2 * INTERVAL);
    assertThat(watermarks()).containsExactly("W99");
  }

  @Test
  void theSameSplitKeepsItsOutput() {
    SourceOutputs<Long> outputs = outputs(ascending());
    assertThat(outputs.createOutputForSplit("a")).isSameAs(outputs.createOutputForSplit("a"));
  }

  @Test
  void anIdleSplitHoldsNothingBack() throws Exception {
    SourceOutputs<Long> outputs = outputs(ascending().withIdleness(Duration.ofMillis(250)));
    SourceOutput<Long> busy = outputs.createOutputForSplit("busy");
    outputs.createOutputForSplit("quiet").collect(1L);
    for (long now = INTERVAL; now <= 1_000; now += INTERVAL) {
      busy.collect(now);
      time.set(now);
    }
    assertThat(watermarks()).contains("W0", "W899").last().isEqualTo("W999");
    assertThat(emitted).doesNotContain("idle");
  }

  @Test
  void aSourceIsIdleWhenAllItsSplitsAreAndActiveAtTheNextRecord() throws Exception {
    SourceOutputs<Long> outputs = outputs(ascending().withIdleness(Duration.ofMillis(250)));
    SourceOutput<Long> split = outputs.createOutputForSplit("only");
    split.collect(1L);
    for (long now = INTERVAL; now <= 600; now += INTERVAL) {
      time.set(now);
    }
    assertThat(emitted).containsExactly("1@1", "W0", "idle");
    split.collect(50L);
    time.set(700);
    assertThat(emitted).containsSubsequence("idle", "50@50", "active");
    assertThat(watermarks()).containsExactly("W0", "W49");
  }

  private List<String> watermarks() {
    return emitted.stream().filter(each -> each.startsWith("W")).toList();
  }

  private final class Noted implements Output<Long> {
    @Override
    public void emit(Long value, long timestamp) {
      emitted.add(value + "@" + timestamp);
    }

    @Override
    public <X> void emitSide(OutputTag<X> tag, X value, long timestamp) {}

    @Override
    public void emitWatermark(long timestamp) {
      emitted.add("W" + timestamp);
    }

    @Override
    public void emitIdleness(boolean idle) {
      emitted.add(idle ? "idle" : "active");
    }
  }
}
