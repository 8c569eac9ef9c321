package io.weir.checkpoint.advice;

import io.weir.checkpoint.advice.Advice.BarrierAdvice;
import io.weir.checkpoint.advice.Situation.BarrierMode;

/**
 * Whether barriers should overtake records. Aligned checkpoints hold no records in flight, which
 * makes them small and quick to restore; but under back-pressure barriers wait behind what is
 * queued.
 */
final class BarrierRules {
  /** A barrier whose way takes no longer than this part of an interval does no harm. */
  private static final int HARMLESS_PART = 10;

  private static final long HARMLESS_MILLIS = 1_000;

  private BarrierRules() {}

  static BarrierAdvice of(Situation situation, long intervalMillis) {
    if (!situation.isExactlyOnce()) {
      return new BarrierAdvice(
          BarrierMode.ALIGNED, 0, "At-least-once: no channel is ever blocked, nothing to gain.");
    }
    long harmless = Math.max(HARMLESS_MILLIS, intervalMillis / HARMLESS_PART);
    long high = situation.high(MeasuredCheckpoint::barrierMillis);
    long median = situation.median(MeasuredCheckpoint::barrierMillis);
    if (situation.mode() != BarrierMode.ALIGNED) {
      return overtaking(situation, harmless);
    }
    if (high <= harmless) {
      return new BarrierAdvice(
          BarrierMode.ALIGNED,
          0,
          "Barriers arrive within %d ms in 95 of 100 checkpoints; up to %d ms does no harm."
              .formatted(high, harmless));
    }
    if (median <= harmless) {
      return new BarrierAdvice(
          BarrierMode.ALIGNED_WITH_TIMEOUT,
          harmless,
          "Barriers arrive within %d ms as a rule, but take %d ms now and then: only then should they overtake."
              .formatted(median, high));
    }
    return new BarrierAdvice(
        BarrierMode.UNALIGNED,
        0,
        "Barriers need %d ms as a rule, more than %d ms: records in flight hold them up."
            .formatted(median, harmless));
  }

  /** Barriers are quick because they may overtake; what they overtook shows whether they had to. */
  private static BarrierAdvice overtaking(Situation situation, long harmless) {
    long median = situation.median(MeasuredCheckpoint::inFlightBytes);
    if (median == 0) {
      return new BarrierAdvice(
          BarrierMode.ALIGNED_WITH_TIMEOUT,
          harmless,
          "Barriers overtake nothing in half of the checkpoints: give alignment %d ms first."
              .formatted(harmless));
    }
    return new BarrierAdvice(
        situation.mode(),
        situation.mode() == BarrierMode.UNALIGNED ? 0 : harmless,
        "Barriers overtake %d bytes as a rule: they would wait behind them.".formatted(median));
  }
}
