package io.weir.api.windowing.assigners;

import java.io.Serializable;

/**
 * The gap that ends a session, by record.
 *
 * @param <T> type of the records
 */
@FunctionalInterface
public interface SessionWindowTimeGapExtractor<T> extends Serializable {
  /** The gap in milliseconds, above 0. */
  long extract(T element);
}
