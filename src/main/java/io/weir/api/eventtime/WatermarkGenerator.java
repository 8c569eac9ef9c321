package io.weir.api.eventtime;

/**
 * Says by watermarks how far time has come.
 *
 * @param <T> type of the records
 */
public interface WatermarkGenerator<T> {
  /**
   * Called for every record.
   *
   * @param event the record
   * @param eventTimestamp its timestamp
   * @param output takes a watermark, if one is due already
   */
  void onEvent(T event, long eventTimestamp, WatermarkOutput output);

  /**
   * Called at every auto-watermark interval.
   *
   * @param output takes the watermark
   */
  void onPeriodicEmit(WatermarkOutput output);
}
