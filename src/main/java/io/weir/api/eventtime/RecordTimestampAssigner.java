package io.weir.api.eventtime;

/**
 * Keeps the timestamp that the source gave.
 *
 * @param <T> type of the records
 */
public final class RecordTimestampAssigner<T> implements TimestampAssigner<T> {
  @Override
  public long extractTimestamp(T element, long recordTimestamp) {
    return recordTimestamp;
  }
}
