package io.weir.connector.generator;

import io.weir.api.connector.SourceReaderContext;
import io.weir.api.functions.Function;

/**
 * Makes records of numbers. To give the same records after a restart, it must depend on the number
 * alone.
 *
 * @param <T> type of the numbers
 * @param <O> type of the records
 */
@FunctionalInterface
public interface GeneratorFunction<T, O> extends Function {
  /**
   * Called once, before the first record.
   *
   * @param readerContext the surroundings of the reader, not null
   * @throws Exception to fail the task
   */
  default void open(SourceReaderContext readerContext) throws Exception {}

  /**
   * Called once, after the last record or when the task fails.
   *
   * @throws Exception is reported
   */
  default void close() throws Exception {}

  /**
   * Makes a record.
   *
   * @param value the number
   * @return the record, not null
   * @throws Exception to fail the task
   */
  O map(T value) throws Exception;
}
