package io.weir.job.surroundings;

import io.weir.engine.Clock;

/**
 * Where everything that concerns one job happens, one after another: now or later. Safe for use by
 * several threads.
 */
public final class MainThread {
  private final Actor actor;
  private final Timers timers;
  private final Clock clock;

  public MainThread(Actor actor, Timers timers, Clock clock) {
    this.actor = actor;
    this.timers = timers;
    this.clock = clock;
  }

  public void tell(Runnable action) {
    actor.tell(action);
  }

  /**
   * Runs an action on this thread at a time.
   *
   * @param timeMillis milliseconds since the epoch
   */
  public void callAt(long timeMillis, Runnable action) {
    timers.callAt(timeMillis, () -> actor.tell(action));
  }

  public void callAfter(long delayMillis, Runnable action) {
    callAt(nowMillis() + delayMillis, action);
  }

  public long nowMillis() {
    return clock.nowMillis();
  }
}
