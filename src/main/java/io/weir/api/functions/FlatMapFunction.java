package io.weir.api.functions;

import io.weir.api.types.Collector;

/**
 * Makes any number of records of each record.
 *
 * @param <T> type of the input
 * @param <O> type of the output
 */
@FunctionalInterface
public interface FlatMapFunction<T, O> extends Function {
  /**
   * Maps a record to any number of records.
   *
   * @param value the record
   * @param out takes what is emitted
   * @throws Exception to fail the task
   */
  void flatMap(T value, Collector<O> out) throws Exception;
}
