package io.weir.api.windowing.windows;

/** A group of elements that are processed together. Equal windows are the same window. */
public abstract class Window {
  /** The greatest timestamp that still belongs to the window. */
  public abstract long maxTimestamp();
}
