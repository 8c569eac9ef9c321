package io.weir.api.functions;

/**
 * Joins two values into one of the same type. It must be associative.
 *
 * @param <T> type of the values
 */
@FunctionalInterface
public interface ReduceFunction<T> extends Function {
  /**
   * Joins two values.
   *
   * @param value1 what was joined so far, not null
   * @param value2 the value that is added, not null
   * @return the joined value, not null
   * @throws Exception to fail the task
   */
  T reduce(T value1, T value2) throws Exception;
}
