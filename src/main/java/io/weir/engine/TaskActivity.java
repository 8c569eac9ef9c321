package io.weir.engine;

import io.weir.checkpoint.explain.Activity.Doing;
import io.weir.checkpoint.explain.TimeSpent;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What a task is doing. Told by its thread a few times in each step, never per record; other
 * threads read slightly old values.
 */
final class TaskActivity {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Clock clock;
  private final TaskLoad load;
  private final AtomicReference<Doing> doing = new AtomicReference<>(Doing.NOT_RUNNING);
  private long firingSinceNanos;
  private long firingNanos;

  TaskActivity(Clock clock, TaskLoad load) {
    this.clock = clock;
    this.load = load;
  }

  /** From now on this. */
  void is(Doing next) {
    Doing before = doing.getPlain();
    if (next == before) {
      return;
    }
    if (next == Doing.FIRING_TIMERS) {
      firingSinceNanos = clock.nanoTime();
    } else if (before == Doing.FIRING_TIMERS) {
      firingNanos += clock.nanoTime() - firingSinceNanos;
    }
    // seen by others soon, which a plain write does not promise, and without the price of a
    // volatile one
    doing.setRelease(next);
  }

  Doing doing() {
    return doing.getAcquire();
  }

  /** How the task has spent its life, beginning at some time before it; for any thread. */
  TimeSpent spent() {
    long now = clock.nanoTime();
    long firing = doing() == Doing.FIRING_TIMERS ? now - firingSinceNanos : 0;
    return new TimeSpent(
        (firingNanos + firing) / NANOS_PER_MILLI,
        load.backPressuredMillis(),
        now / NANOS_PER_MILLI);
  }
}
