package io.weir.api.windowing.triggers;

/** What becomes of a window after a record or a timer. */
public enum TriggerResult {
  /** Nothing. */
  CONTINUE(false, false),
  /** It gives its result and is emptied. */
  FIRE_AND_PURGE(true, true),
  /** It gives its result and keeps its contents. */
  FIRE(true, false),
  /** It is emptied without a result. */
  PURGE(false, true);

  private final boolean fire;
  private final boolean purge;

  TriggerResult(boolean fire, boolean purge) {
    this.fire = fire;
    this.purge = purge;
  }

  public boolean isFire() {
    return fire;
  }

  public boolean isPurge() {
    return purge;
  }
}
