package io.weir.api.windowing.assigners;

import io.weir.api.windowing.triggers.EndOfStreamTrigger;
import io.weir.api.windowing.triggers.NeverTrigger;
import io.weir.api.windowing.triggers.Trigger;
import io.weir.api.windowing.windows.GlobalWindow;
import java.util.Collection;
import java.util.List;

/** One window for all records. Without a trigger of your own it never gives a result. */
public final class GlobalWindows extends WindowAssigner<Object, GlobalWindow> {
  private static final long serialVersionUID = 1L;

  private final Trigger<Object, GlobalWindow> defaultTrigger;

  private GlobalWindows(Trigger<Object, GlobalWindow> defaultTrigger) {
    this.defaultTrigger = defaultTrigger;
  }

  public static GlobalWindows create() {
    return new GlobalWindows(new NeverTrigger());
  }

  /** A window that gives its result when the input ends. */
  public static GlobalWindows createWithEndOfStreamTrigger() {
    return new GlobalWindows(new EndOfStreamTrigger());
  }

  @Override
  public Collection<GlobalWindow> assignWindows(
      Object element, long timestamp, WindowAssignerContext context) {
    return List.of(GlobalWindow.get());
  }

  @Override
  public Trigger<Object, GlobalWindow> getDefaultTrigger() {
    return defaultTrigger;
  }

  @Override
  public boolean isEventTime() {
    return true;
  }

  @Override
  public String toString() {
    return "GlobalWindows()";
  }
}
