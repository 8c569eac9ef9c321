package io.weir.api.connector;

import io.weir.api.eventtime.WatermarkOutput;

/**
 * Takes the records of a source or of one of its splits.
 *
 * @param <T> type of the records
 */
public interface SourceOutput<T> extends WatermarkOutput {
  /**
   * Emits a record without a timestamp of the source.
   *
   * @param record the record, not null
   */
  void collect(T record);

  /**
   * Emits a record with the timestamp that the source knows.
   *
   * @param record the record, not null
   * @param timestamp milliseconds since 1970
   */
  void collect(T record, long timestamp);
}
