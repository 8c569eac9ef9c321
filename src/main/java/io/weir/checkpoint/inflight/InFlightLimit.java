package io.weir.checkpoint.inflight;

/**
 * How many records a batch in front of a task may hold. Begins with as many as fit, believes the
 * first measurement of what the task processes, and follows the later ones.
 *
 * @param most records that fit into a batch, at least 1
 * @param smoothed the limit that the measurements so far come to, from 1 to {@code most}
 * @param records the limit that holds: it is changed only if the smoothed one has moved far enough
 * @param recordsPerSecond the rate that was measured last; 0 before the first measurement
 */
public record InFlightLimit(
    DebloatSettings settings, int most, double smoothed, int records, double recordsPerSecond) {
  private static final double NANOS_PER_SECOND = 1_000_000_000;
  private static final double MILLIS_PER_SECOND = 1_000;

  /** As many as fit. */
  public static InFlightLimit full(DebloatSettings settings, int most) {
    return new InFlightLimit(settings, most, most, most, 0);
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
    double wanted = rate * settings.targetMillis() / MILLIS_PER_SECOND / batches;
    double weight = recordsPerSecond == 0 ? 1 : 2.0 / (settings.samples() + 1);
    double next = smoothed + weight * (Math.max(1, Math.min(most, wanted)) - smoothed);
    int rounded = (int) Math.round(next);
    return new InFlightLimit(
        settings, most, next, isWorthAChange(rounded) ? rounded : records, rate);
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
