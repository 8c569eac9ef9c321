package io.weir.engine.operator.function;

import io.weir.api.functions.TimerService;
import io.weir.engine.operator.ProcessingTime;

/** Tells the time to a function on a stream that is not keyed, which has no timers. */
final class UnkeyedTimerService implements TimerService {
  private final ProcessingTime processingTime;
  private long watermark = Long.MIN_VALUE;

  UnkeyedTimerService(ProcessingTime processingTime) {
    this.processingTime = processingTime;
  }

  void advanceWatermark(long timestamp) {
    watermark = timestamp;
  }

  @Override
  public long currentProcessingTime() {
    return processingTime.now();
  }

  @Override
  public long currentWatermark() {
    return watermark;
  }

  @Override
  public void registerProcessingTimeTimer(long time) {
    throw noTimers();
  }

  @Override
  public void registerEventTimeTimer(long time) {
    throw noTimers();
  }

  @Override
  public void deleteProcessingTimeTimer(long time) {
    throw noTimers();
  }

  @Override
  public void deleteEventTimeTimer(long time) {
    throw noTimers();
  }

  private static UnsupportedOperationException noTimers() {
    return new UnsupportedOperationException(
        "Timers belong to a key, and this stream is not keyed. Call keyBy in front of this function.");
  }
}
