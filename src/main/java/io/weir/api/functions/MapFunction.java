package io.weir.api.functions;

/**
 * Makes one record of each record.
 *
 * @param <T> type of the input
 * @param <O> type of the output
 */
@FunctionalInterface
public interface MapFunction<T, O> extends Function {
  /**
   * Maps a record.
   *
   * @param value the record
   * @return the record that is emitted in its place
   * @throws Exception to fail the task
   */
  O map(T value) throws Exception;
}
