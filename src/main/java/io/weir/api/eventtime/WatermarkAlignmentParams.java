package io.weir.api.eventtime;

import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;

/**
 * How far a source may run ahead of the others of its group. It is kept for the job's translation;
 * the local engine does not hold sources back by it.
 *
 * @param watermarkGroup name of the group, not null
 * @param maxAllowedWatermarkDrift how far a source may be ahead, not null
 * @param updateInterval how often the sources compare, not null
 */
public record WatermarkAlignmentParams(
    String watermarkGroup, Duration maxAllowedWatermarkDrift, Duration updateInterval)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  public WatermarkAlignmentParams {
    Objects.requireNonNull(watermarkGroup, "watermarkGroup");
    Objects.requireNonNull(maxAllowedWatermarkDrift, "maxAllowedWatermarkDrift");
    Objects.requireNonNull(updateInterval, "updateInterval");
  }
}
