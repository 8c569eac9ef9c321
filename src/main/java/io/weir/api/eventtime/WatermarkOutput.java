package io.weir.api.eventtime;

/** Takes watermarks and says whether any are to be expected. */
public interface WatermarkOutput {
  /**
   * Emits a watermark; one that is not greater than the last has no effect. It also ends idleness.
   *
   * @param watermark the watermark, not null
   */
  void emitWatermark(Watermark watermark);

  /** From now on others need not wait for watermarks from here. */
  void markIdle();

  /** Ends idleness. */
  void markActive();
}
