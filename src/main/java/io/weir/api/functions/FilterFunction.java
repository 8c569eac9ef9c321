package io.weir.api.functions;

/**
 * Decides which records stay in the stream.
 *
 * @param <T> type of the records
 */
@FunctionalInterface
public interface FilterFunction<T> extends Function {
  /**
   * Decides about a record.
   *
   * @param value the record; must not be changed
   * @return whether the record stays
   * @throws Exception to fail the task
   */
  boolean filter(T value) throws Exception;
}
