package io.weir.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WatermarkMergerTest {

  @Test
  void theSlowestChannelDecides() {
    WatermarkMerger merger = new WatermarkMerger(2);
    merger.onWatermark(0, 10);
    assertThat(merger.merged()).isEqualTo(Long.MIN_VALUE);
    merger.onWatermark(1, 5);
    assertThat(merger.merged()).isEqualTo(5);
    merger.onWatermark(1, 20);
    assertThat(merger.merged()).isEqualTo(10);
  }

  @Test
  void anIdleChannelHoldsNothingBack() {
    WatermarkMerger merger = new WatermarkMerger(2);
    merger.onWatermark(0, 10);
    merger.onIdleness(1, true);
    assertThat(merger.merged()).isEqualTo(10);
    assertThat(merger.isIdle()).isFalse();
  }

  @Test
  void aChannelThatWakesUpCountsOnlyWhenItHasCaughtUp() {
    WatermarkMerger merger = new WatermarkMerger(2);
    merger.onWatermark(1, 3);
    merger.onIdleness(1, true);
    merger.onWatermark(0, 10);
    merger.onIdleness(1, false);
    merger.onWatermark(1, 5);
    merger.onWatermark(0, 12);
    assertThat(merger.merged()).isEqualTo(12);
    merger.onWatermark(1, 13);
    merger.onWatermark(0, 20);
    assertThat(merger.merged()).isEqualTo(13);
  }

  @Test
  void whenAllAreIdleTheFurthestIsTheTruth() {
    WatermarkMerger merger = new WatermarkMerger(2);
    merger.onWatermark(0, 10);
    merger.onWatermark(1, 4);
    merger.onIdleness(0, true);
    assertThat(merger.merged()).isEqualTo(4);
    merger.onIdleness(1, true);
    assertThat(merger.merged()).isEqualTo(10);
    assertThat(merger.isIdle()).isTrue();
    merger.onIdleness(0, false);
    assertThat(merger.isIdle()).isFalse();
  }

  @Test
  void theLastWatermarkComesWhenAllChannelsHaveSentIt() {
    WatermarkMerger merger = new WatermarkMerger(2);
    merger.onWatermark(0, 10);
    merger.onWatermark(0, WatermarkMerger.LAST);
    merger.onWatermark(1, 4);
    assertThat(merger.merged()).isEqualTo(4);
    merger.onEnd(1);
    assertThat(merger.merged()).isEqualTo(WatermarkMerger.LAST);
    assertThat(merger.isIdle()).isFalse();
  }

  @Test
  void theEndOfAnIdleChannelDoesNotHurryTheOthers() {
    WatermarkMerger merger = new WatermarkMerger(2);
    merger.onIdleness(0, true);
    merger.onWatermark(1, 4);
    merger.onEnd(0);
    assertThat(merger.merged()).isEqualTo(4);
  }

  @Test
  void randomHistoriesAgreeWithTheModel() {
    for (long seed = 0; seed < 2_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int channels = 1 + random.nextInt(5);
      WatermarkMerger merger = new WatermarkMerger(channels);
      Model model = new Model(channels);
      long last = Long.MIN_VALUE;
      for (int i = 0; i < 80; i++) {
        int channel = random.nextInt(channels);
        switch (model.done[channel] ? -1 : random.nextInt(20)) {
          case -1 -> {}
          case 0 -> {
            merger.onEnd(channel);
            model.end(channel);
          }
          case 1, 2, 3, 4 -> {
            merger.onIdleness(channel, true);
            model.idle(channel);
          }
          case 5, 6, 7 -> {
            merger.onIdleness(channel, false);
            model.active(channel);
          }
          default -> {
            long timestamp = random.nextInt(100);
            merger.onWatermark(channel, timestamp);
            model.watermark(channel, timestamp);
          }
        }
        assertThat(merger.merged()).as("seed %d, event %d", seed, i).isEqualTo(model.merged);
        assertThat(merger.isIdle()).as("seed %d, event %d", seed, i).isEqualTo(model.isIdle());
        assertThat(merger.merged()).isGreaterThanOrEqualTo(last);
        last = merger.merged();
      }
    }
  }

  /** Flink's way to say it: a channel that was idle is unaligned until it has caught up. */
  private static final class Model {
    private final long[] watermark;
    private final boolean[] idle;
    private final boolean[] aligned;
    private final boolean[] done;
    private long merged = Long.MIN_VALUE;

    Model(int channels) {
      watermark = new long[channels];
      idle = new boolean[channels];
      aligned = new boolean[channels];
      done = new boolean[channels];
      java.util.Arrays.fill(watermark, Long.MIN_VALUE);
      java.util.Arrays.fill(aligned, true);
    }

    void watermark(int channel, long timestamp) {
      watermark[channel] = Math.max(watermark[channel], timestamp);
      idle[channel] = false;
      align(channel);
      advance();
    }

    void idle(int channel) {
      idle[channel] = true;
      aligned[channel] = false;
      advance();
    }

    void active(int channel) {
      idle[channel] = false;
      align(channel);
      advance();
    }

    void end(int channel) {
      done[channel] = true;
      advance();
    }

    private void align(int channel) {
      aligned[channel] |= watermark[channel] >= merged;
    }

    private void advance() {
      if (open().findAny().isEmpty()) {
        merged = Long.MAX_VALUE;
      } else if (isIdle()) {
        merged = Math.max(merged, open().mapToLong(each -> watermark[each]).max().orElseThrow());
      } else {
        open()
            .filter(each -> aligned[each])
            .mapToLong(each -> watermark[each])
            .min()
            .ifPresent(least -> merged = Math.max(merged, least));
      }
    }

    private IntStream open() {
      return IntStream.range(0, done.length).filter(each -> !done[each]);
    }

    boolean isIdle() {
      return open().findAny().isPresent() && open().allMatch(each -> idle[each]);
    }
  }
}
