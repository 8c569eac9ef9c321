package io.weir.connector.file;

import java.io.Serializable;

/**
 * Makes a line of a record.
 *
 * @param <T> type of the records
 */
@FunctionalInterface
public interface LineEncoder<T> extends Serializable {
  /**
   * Makes a line of a record.
   *
   * @param element the record
   * @return the line without its end, not null
   * @throws Exception to fail the task
   */
  String encode(T element) throws Exception;
}
