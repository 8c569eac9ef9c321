package io.weir.job;

import io.weir.engine.Clock;

/**
 * Where everything that concerns one job happens, one after another: now or later. Safe for use by
 * several threads.
 */
final class MainThread {
  private final Actor actor;
  private final Timers timers;
  private final Clock clock;

  MainThread(Actor actor, Timers timers, Clock clock) {
    this.actor = actor;
    this.timers = timers;
    this.clock = clock;
  }

  void tell(Runnable action) {
    actor.tell(action);
  }

  /**
   * @param timeMillis milliseconds since the epoch
   */
  void callAt(long timeMillis, Runnable action) {
    timers.callAt(timeMillis, () -> actor.tell(action));
  }

  void callAfter(long delayMillis, Runnable action) {
    callAt(nowMillis() + delayMillis, action);
  }

  long nowMillis() {
    return clock.nowMillis();
  }
}
