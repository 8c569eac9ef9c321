package io.weir.engine.operator.window;

import io.weir.api.types.OutputTag;
import io.weir.api.windowing.assigners.WindowAssigner;
import io.weir.api.windowing.triggers.Trigger;
import io.weir.api.windowing.windows.Window;

/**
 * How records are put into windows, and when windows fire and end.
 *
 * @param allowedLatenessMillis how long after its end by event time a window is kept for late
 *     records
 * @param lateDataTag where records go that are too late; null to drop them
 */
public record WindowPolicy<T, W extends Window>(
    WindowAssigner<? super T, W> assigner,
    Trigger<? super T, ? super W> trigger,
    long allowedLatenessMillis,
    OutputTag<T> lateDataTag) {

  boolean isEventTime() {
    return assigner.isEventTime();
  }

  /** When a window's state is freed; {@link Long#MAX_VALUE} for never. */
  long cleanupTime(W window) {
    if (!isEventTime()) {
      return window.maxTimestamp();
    }
    long cleanupTime = window.maxTimestamp() + allowedLatenessMillis;
    return cleanupTime >= window.maxTimestamp() ? cleanupTime : Long.MAX_VALUE;
  }

  /** Whether nothing can be added to the window any more. */
  boolean isWindowLate(W window, long watermark) {
    return isEventTime() && cleanupTime(window) <= watermark;
  }

  /**
   * Whether a record that belongs to no window any more came too late, and not because its assigner
   * gave it none.
   */
  boolean isRecordLate(long timestamp, long watermark) {
    return isEventTime() && timestamp + allowedLatenessMillis <= watermark;
  }
}
