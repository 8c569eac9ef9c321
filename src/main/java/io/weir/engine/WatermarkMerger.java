package io.weir.engine;

/**
 * Merges the watermarks of the channels of one input: the merged one is the smallest of the
 * channels that are active and have caught up with what was merged before.
 *
 * <p>An idle channel holds nothing back; when it becomes active again it counts as soon as it has
 * caught up. A channel that has sent its last watermark ({@link Long#MAX_VALUE}) is left out, so
 * that it does not hurry the others; only when all have is the last watermark merged.
 */
final class WatermarkMerger {
  /** The last watermark of a stream. */
  static final long LAST = Long.MAX_VALUE;

  private final long[] watermarks;
  private final boolean[] idle;
  private final boolean[] done;
  private long merged = Long.MIN_VALUE;
  private boolean mergedIdle;

  WatermarkMerger(int channels) {
    watermarks = new long[channels];
    java.util.Arrays.fill(watermarks, Long.MIN_VALUE);
    idle = new boolean[channels];
    done = new boolean[channels];
  }

  /** The merged watermark; it never goes back. */
  long merged() {
    return merged;
  }

  /** Whether no channel is active, but not all have sent their last watermark. */
  boolean isIdle() {
    return mergedIdle;
  }

  /** A channel has sent a watermark. */
  void onWatermark(int channel, long timestamp) {
    if (timestamp == LAST) {
      onEnd(channel);
    } else {
      watermarks[channel] = Math.max(watermarks[channel], timestamp);
      idle[channel] = false;
      merge();
    }
  }

  /** A channel has become idle or active. */
  void onIdleness(int channel, boolean nowIdle) {
    idle[channel] = nowIdle;
    merge();
  }

  /** A channel will send no more watermarks. */
  void onEnd(int channel) {
    done[channel] = true;
    merge();
  }

  private void merge() {
    long least = Long.MAX_VALUE;
    long mostOfIdle = Long.MIN_VALUE;
    int open = 0;
    int active = 0;
    for (int channel = 0; channel < watermarks.length; channel++) {
      if (done[channel]) {
        continue;
      }
      open++;
      if (idle[channel]) {
        mostOfIdle = Math.max(mostOfIdle, watermarks[channel]);
      } else {
        active++;
        if (watermarks[channel] >= merged) {
          least = Math.min(least, watermarks[channel]);
        }
      }
    }
    mergedIdle = open > 0 && active == 0;
    if (open == 0) {
      merged = LAST;
    } else if (mergedIdle) {
      // all have said that nothing more comes for now: the furthest of them is the truth about the
      // stream
      merged = Math.max(merged, mostOfIdle);
    } else if (least != Long.MAX_VALUE) {
      merged = Math.max(merged, least);
    }
  }
}
