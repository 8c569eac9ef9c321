package io.weir.api.windowing.triggers;

import io.weir.api.windowing.windows.GlobalWindow;

/** Fires when the input has ended, which the greatest watermark tells. */
public final class EndOfStreamTrigger extends Trigger<Object, GlobalWindow> {
  private static final long serialVersionUID = 1L;

  @Override
  public TriggerResult onElement(
      Object element, long timestamp, GlobalWindow window, TriggerContext ctx) {
    ctx.registerEventTimeTimer(window.maxTimestamp());
    return TriggerResult.CONTINUE;
  }

  @Override
  public TriggerResult onEventTime(long time, GlobalWindow window, TriggerContext ctx) {
    return time == window.maxTimestamp() ? TriggerResult.FIRE_AND_PURGE : TriggerResult.CONTINUE;
  }

  @Override
  public TriggerResult onProcessingTime(long time, GlobalWindow window, TriggerContext ctx) {
    return TriggerResult.CONTINUE;
  }

  @Override
  public void clear(GlobalWindow window, TriggerContext ctx) {
    ctx.deleteEventTimeTimer(window.maxTimestamp());
  }

  @Override
  public String toString() {
    return "EndOfStreamTrigger()";
  }
}
