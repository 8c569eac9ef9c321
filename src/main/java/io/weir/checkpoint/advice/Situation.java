package io.weir.checkpoint.advice;

import java.util.List;
import java.util.function.ToLongFunction;

/**
 * All that the advice depends on.
 *
 * @param checkpoints the last completed ones, at least one
 * @param isExactlyOnce whether barriers are aligned at all
 * @param mode how barriers are handled now
 * @param backend where keyed state lives now
 * @param heapBytes of the process
 * @param allowedLossMillis how much of what was processed may have to be processed again after a
 *     failure (recovery point objective)
 * @param betweenFailuresMillis mean time between two failures
 */
public record Situation(
    List<MeasuredCheckpoint> checkpoints,
    boolean isExactlyOnce,
    BarrierMode mode,
    Backend backend,
    long heapBytes,
    long allowedLossMillis,
    long betweenFailuresMillis) {

  /** Of a hundred checkpoints this many are no worse than what counts as high. */
  private static final int HIGH_PERCENT = 95;

  /** How barriers are handled. */
  public enum BarrierMode {
    ALIGNED,
    ALIGNED_WITH_TIMEOUT,
    UNALIGNED
  }

  /** Where keyed state lives. */
  public enum Backend {
    HASHMAP,
    ROCKSDB
  }

  public Situation {
    checkpoints = List.copyOf(checkpoints);
    if (checkpoints.isEmpty()) {
      throw new IllegalArgumentException("Without a completed checkpoint nothing is measured");
    }
    if (allowedLossMillis <= 0 || betweenFailuresMillis <= 0) {
      throw new IllegalArgumentException(
          "Both must be above 0 ms: allowed loss %d, mean time between failures %d"
              .formatted(allowedLossMillis, betweenFailuresMillis));
    }
  }

  /** The 95th percentile. */
  long high(ToLongFunction<MeasuredCheckpoint> figure) {
    return percentile(figure, HIGH_PERCENT);
  }

  long median(ToLongFunction<MeasuredCheckpoint> figure) {
    return percentile(figure, 50);
  }

  double mean(ToLongFunction<MeasuredCheckpoint> figure) {
    return checkpoints.stream().mapToLong(figure).average().orElseThrow();
  }

  /** By the nearest rank. */
  private long percentile(ToLongFunction<MeasuredCheckpoint> figure, int percent) {
    long[] sorted = checkpoints.stream().mapToLong(figure).sorted().toArray();
    return sorted[(sorted.length * percent + 99) / 100 - 1];
  }
}
