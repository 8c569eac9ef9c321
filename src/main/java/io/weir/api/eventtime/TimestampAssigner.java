package io.weir.api.eventtime;

/**
 * Reads the timestamp of a record.
 *
 * @param <T> type of the records
 */
@FunctionalInterface
public interface TimestampAssigner<T> {
  /** The timestamp of a record that has none. */
  long NO_TIMESTAMP = Long.MIN_VALUE;

  /**
   * The timestamp of a record.
   *
   * @param element the record
   * @param recordTimestamp the timestamp that the source gave it; {@link #NO_TIMESTAMP} if none
   * @return milliseconds since 1970
   */
  long extractTimestamp(T element, long recordTimestamp);
}
