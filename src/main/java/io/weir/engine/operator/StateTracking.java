package io.weir.engine.operator;

import java.util.Optional;

/**
 * What of the accesses to keyed state is measured.
 *
 * @param latency how long they take; empty for not at all
 * @param size how large the values are; empty for not at all
 */
public record StateTracking(Optional<Sampling> latency, Optional<Sampling> size) {
  /** Nothing. */
  public static final StateTracking OFF = new StateTracking(Optional.empty(), Optional.empty());

  /**
   * How much of it.
   *
   * @param interval one in so many accesses of a kind, at least 1
   * @param history so many of the last figures are kept, at least 1
   */
  public record Sampling(int interval, int history) {}

  /** Whether anything is measured. */
  public boolean isOn() {
    return latency.isPresent() || size.isPresent();
  }
}
