package io.weir.checkpoint.inflight;

/**
 * How data in flight is limited.
 *
 * @param targetMillis how long it may take to process what is in flight in front of a task, above 0
 * @param periodMillis between two measurements, above 0
 * @param samples over how many measurements the limit is smoothed, at least 1
 * @param thresholdPercent by how much the limit has to differ before it is changed, at least 0
 */
public record DebloatSettings(
    long targetMillis, long periodMillis, int samples, int thresholdPercent) {
  public DebloatSettings {
    if (targetMillis <= 0 || periodMillis <= 0 || samples < 1 || thresholdPercent < 0) {
      throw new IllegalArgumentException(
          "no way to limit data in flight: target "
              + targetMillis
              + " ms, period "
              + periodMillis
              + " ms, "
              + samples
              + " samples, threshold "
              + thresholdPercent
              + " %");
    }
  }

  /**
   * So that what is in flight on a path through several tasks is processed in the target time.
   *
   * @param tasks that records pass one after another, at least 1
   */
  public DebloatSettings sharedBy(int tasks) {
    return new DebloatSettings(
        Math.max(1, targetMillis / tasks), periodMillis, samples, thresholdPercent);
  }
}
