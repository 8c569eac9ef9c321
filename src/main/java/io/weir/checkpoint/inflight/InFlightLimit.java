package io.weir.checkpoint.inflight;

/**
 * How many records a batch in front of a task may hold. Begins with few, believes the first
 * measurement of what the task processes, and follows the later ones.
 *
 * @param most records that fit into a batch, at least 1
 * @param smoothed the limit that the measurements so far come to, from 1 to {@code most}
 * @param records the limit that holds: it is changed only if the smoothed one has moved far enough
 * @param measurements how many there were, up to those that it takes to be smooth
 * @param recordsPerSecond the rate that was measured last; 0 before the first measurement
 */
public record InFlightLimit(
    DebloatSettings settings,
    int most,
    double smoothed,
    int records,
    int measurements,
    double recordsPerSecond) {
  /**
   * The part of the target that full channels take. Under back-pressure every barrier finds them
   * full; if that were the whole target, it would be missed whenever the task is a little slower
   * than it was, and while the limit still differs by less than the threshold. With half of it the
   * target is kept by a task that becomes half as fast.
   */
  static final double AIMED_PART = 0.5;

  /** The part of what fits that is allowed before anything is measured. */
  private static final double UNMEASURED_PART = 0.125;

  private static final double NANOS_PER_SECOND = 1_000_000_000;
  private static final double MILLIS_PER_SECOND = 1_000;

  /**
   * A small part of what fits: what is queued cannot be taken back if the task turns out to be
   * slow, and one that is quick gets more behind the first measurement.
   */
  public static InFlightLimit unmeasured(DebloatSettings settings, int most) {
    int few = (int) Math.max(1, most * UNMEASURED_PART);
    return new InFlightLimit(settings, most, few, few, 0, 0);
  }

  /**
   * The limit behind one more measurement; this one if nothing was measured.
   *
   * @param processed records that were processed
   * @param activeNanos time that this took, without that in which there was nothing to process
   * @param batches how many batches can be in flight
   */
  public InFlightLimit after(long processed, long activeNanos, int batches) {
    if (processed <= 0 || activeNanos <= 0 || batches <= 0) {
      return this;
    }
    double rate = processed * NANOS_PER_SECOND / activeNanos;
    double wanted = AIMED_PART * rate * settings.targetMillis() / MILLIS_PER_SECOND / batches;
    double weight = weightOfNext();
    double next = smoothed + weight * (Math.max(1, Math.min(most, wanted)) - smoothed);
    int rounded = (int) Math.round(next);
    return new InFlightLimit(
        settings,
        most,
        next,
        isWorthAChange(rounded) ? rounded : records,
        Math.min(settings.samples(), measurements + 1),
        rate);
  }

  /**
   * The first ones all weigh the same: a task seems quick while the channels behind it fill, and
   * that must not outweigh everything that is measured for seconds thereafter.
   */
  private double weightOfNext() {
    return Math.max(1.0 / (measurements + 1), 2.0 / (settings.samples() + 1));
  }

  private boolean isWorthAChange(int next) {
    boolean isBound = next == 1 || next == most;
    return isBound
        || 100L * Math.abs(next - records) >= (long) settings.thresholdPercent() * records;
  }

  /** How long it takes to process so many records at the rate that was measured last. */
  public long millisToProcess(long queued) {
    return recordsPerSecond == 0 ? 0 : (long) (queued * MILLIS_PER_SECOND / recordsPerSecond);
  }
}
