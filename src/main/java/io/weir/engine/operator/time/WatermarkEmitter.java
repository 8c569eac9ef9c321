package io.weir.engine.operator.time;

import io.weir.api.eventtime.Watermark;
import io.weir.api.eventtime.WatermarkOutput;
import io.weir.engine.operator.Output;

/**
 * Sends the watermarks of a generator that are an advance, and its idleness when it changes. A
 * watermark ends idleness.
 */
public final class WatermarkEmitter implements WatermarkOutput {
  private final Output<?> output;
  private long last = Long.MIN_VALUE;
  private boolean idle;

  public WatermarkEmitter(Output<?> output) {
    this.output = output;
  }

  /** Sends a watermark if it is an advance. */
  public void emit(long timestamp) {
    if (timestamp > last) {
      last = timestamp;
      markActive();
      output.emitWatermark(timestamp);
    }
  }

  @Override
  public void emitWatermark(Watermark watermark) {
    emit(watermark.getTimestamp());
  }

  @Override
  public void markIdle() {
    setIdle(true);
  }

  @Override
  public void markActive() {
    setIdle(false);
  }

  private void setIdle(boolean isIdle) {
    if (idle != isIdle) {
      idle = isIdle;
      output.emitIdleness(isIdle);
    }
  }
}
