package io.weir.api.eventtime;

import io.weir.api.metrics.MetricGroup;
import java.io.Serializable;

/**
 * Creates the assigner of a subtask.
 *
 * @param <T> type of the records
 */
@FunctionalInterface
public interface TimestampAssignerSupplier<T> extends Serializable {
  /**
   * Creates an assigner.
   *
   * @param context the surroundings of the assigner, not null
   * @return a new assigner, not null
   */
  TimestampAssigner<T> createTimestampAssigner(Context context);

  /** The surroundings of an assigner. */
  interface Context {
    /** Where the subtask registers metrics. */
    MetricGroup getMetricGroup();
  }
}
