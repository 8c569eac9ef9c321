package io.weir.api.windowing.triggers;

import io.weir.api.windowing.windows.GlobalWindow;

/** Never fires: what global windows do unless the author sets a trigger. */
public final class NeverTrigger extends Trigger<Object, GlobalWindow> {
  private static final long serialVersionUID = 1L;

  @Override
  public TriggerResult onElement(
      Object element, long timestamp, GlobalWindow window, TriggerContext ctx) {
    return TriggerResult.CONTINUE;
  }

  @Override
  public TriggerResult onEventTime(long time, GlobalWindow window, TriggerContext ctx) {
    return TriggerResult.CONTINUE;
  }

  @Override
  public TriggerResult onProcessingTime(long time, GlobalWindow window, TriggerContext ctx) {
    return TriggerResult.CONTINUE;
  }

  @Override
  public void clear(GlobalWindow window, TriggerContext ctx) {}

  @Override
  public boolean canMerge() {
    return true;
  }

  @Override
  public void onMerge(GlobalWindow window, OnMergeContext ctx) {}

  @Override
  public String toString() {
    return "NeverTrigger()";
  }
}
