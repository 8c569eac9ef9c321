package io.weir.job.checkpoints;

import io.weir.job.surroundings.MainThread;

/**
 * Wakes the checkpoint coordinator of a job when it wants to look at the clock. Used by the job's
 * actor alone.
 */
final class CoordinatorTimer {
  private final MainThread mainThread;
  private final Runnable tick;

  /** When the coordinator wants to look at the clock. */
  private long nextTickMillis = Long.MAX_VALUE;

  /** When the earliest call back for that is due. */
  private long nextCallMillis = Long.MAX_VALUE;

  CoordinatorTimer(MainThread mainThread, Runnable tick) {
    this.mainThread = mainThread;
    this.tick = tick;
  }

  /** Replaces the time that was asked for before. */
  void waitUntil(long timeMillis) {
    nextTickMillis = timeMillis;
    if (timeMillis < nextCallMillis) {
      nextCallMillis = timeMillis;
      mainThread.callAt(timeMillis, this::called);
    }
  }

  private void called() {
    nextCallMillis = Long.MAX_VALUE;
    if (mainThread.nowMillis() >= nextTickMillis) {
      nextTickMillis = Long.MAX_VALUE;
      tick.run();
    } else {
      waitUntil(nextTickMillis);
    }
  }
}
