package io.weir.api.windowing.triggers;

import java.io.Serializable;

/**
 * How far two records are apart.
 *
 * @param <T> type of the records
 */
@FunctionalInterface
public interface DeltaFunction<T> extends Serializable {
  double getDelta(T oldDataPoint, T newDataPoint);
}
