package io.weir.api.eventtime;

/**
 * Emits nothing.
 *
 * @param <T> type of the records
 */
public final class NoWatermarksGenerator<T> implements WatermarkGenerator<T> {
  @Override
  public void onEvent(T event, long eventTimestamp, WatermarkOutput output) {}

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {}
}
