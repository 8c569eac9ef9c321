package io.weir.connector.file;

import java.io.Serializable;

/**
 * Makes a record of a line.
 *
 * @param <T> type of the records
 */
@FunctionalInterface
public interface LineParser<T> extends Serializable {
  /**
   * Makes a record of a line.
   *
   * @param line the line without its end; possibly empty
   * @return the record, not null
   * @throws Exception if the line is not of the expected form; the message says what is wrong
   */
  T parse(String line) throws Exception;
}
