package io.weir.api.eventtime;

import io.weir.api.metrics.MetricGroup;
import java.io.Serializable;

/**
 * Creates the generator of a subtask or split.
 *
 * @param <T> type of the records
 */
@FunctionalInterface
public interface WatermarkGeneratorSupplier<T> extends Serializable {
  /**
   * Creates a generator.
   *
   * @param context the surroundings of the generator, not null
   * @return a new generator, not null
   */
  WatermarkGenerator<T> createWatermarkGenerator(Context context);

  /** The surroundings of a generator. */
  interface Context {
    /** Where the subtask registers metrics. */
    MetricGroup getMetricGroup();

    /**
     * The clock by which idleness is measured. It stands still while the input is held back, so
     * that back-pressure and alignment are not taken for idleness.
     */
    RelativeClock getInputActivityClock();
  }
}
