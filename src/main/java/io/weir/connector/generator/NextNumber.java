package io.weir.connector.generator;

import io.weir.api.connector.ReaderOutput;
import io.weir.api.connector.SourceOutput;
import io.weir.api.eventtime.Watermark;

/** Holds the one number that a poll emits. Numbers have no timestamps and no watermarks. */
final class NextNumber implements ReaderOutput<Long> {
  /** Null if there was none. */
  Long number;

  @Override
  public void collect(Long value) {
    number = value;
  }

  @Override
  public void collect(Long value, long timestamp) {
    number = value;
  }

  @Override
  public SourceOutput<Long> createOutputForSplit(String splitId) {
    return this;
  }

  @Override
  public void releaseOutputForSplit(String splitId) {}

  @Override
  public void emitWatermark(Watermark watermark) {}

  @Override
  public void markIdle() {}

  @Override
  public void markActive() {}
}
