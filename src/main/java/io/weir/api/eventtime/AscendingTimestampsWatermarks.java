package io.weir.api.eventtime;

import java.time.Duration;

/**
 * Stays right behind the greatest timestamp.
 *
 * @param <T> type of the records
 */
public class AscendingTimestampsWatermarks<T> extends BoundedOutOfOrdernessWatermarks<T> {
  /** Starts before all timestamps. */
  public AscendingTimestampsWatermarks() {
    super(Duration.ZERO);
  }
}
