package io.weir.engine;

import io.weir.engine.channel.Signal;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Drives one task on the thread that calls {@link #run()} until the task has ended: steps it, and
 * when a step makes no progress spins for a moment, then yields, then parks until the task's signal
 * or its next timer. An interrupt cancels the task.
 */
public final class TaskLoop implements Runnable {
  /**
   * Few: on a machine with fewer cores than tasks, who spins keeps from running whom it waits for.
   */
  private static final int SPINS = 20;

  private static final int YIELDS = 4;

  /** Only a bound for how long a mistake could last; wake-ups do not depend on it. */
  private static final long LONGEST_PARK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Task task;
  private final Clock clock;

  /** When the task began to work, or to wait. */
  private long since;

  /** Whether it waits for room in its outputs. */
  private boolean isBackPressured;

  public TaskLoop(Task task, Clock clock) {
    this.task = task;
    this.clock = clock;
  }

  @Override
  @SuppressWarnings("ThreadPriorityCheck") // a hint: progress does not depend on it
  public void run() {
    since = clock.nanoTime();
    int idleSteps = 0;
    while (!task.state().isTerminal()) {
      if (task.step()) {
        if (idleSteps > SPINS) {
          hasWaited();
        }
        idleSteps = 0;
      } else if (++idleSteps <= SPINS) {
        Thread.onSpinWait();
      } else if (idleSteps <= SPINS + YIELDS) {
        if (idleSteps == SPINS + 1) {
          hasWorked();
        }
        Thread.yield();
      } else {
        boolean progress = await();
        hasWaited();
        if (progress) {
          idleSteps = 0;
        } else {
          isBackPressured = task.isBackPressured();
        }
      }
    }
  }

  /** A yield may take long on a busy machine, so that waiting begins with the first one. */
  private void hasWorked() {
    long now = clock.nanoTime();
    task.load().addBusy(now - since);
    since = now;
    isBackPressured = task.isBackPressured();
  }

  private void hasWaited() {
    long now = clock.nanoTime();
    if (isBackPressured) {
      task.load().addBackPressured(now - since);
    } else {
      task.load().addIdle(now - since);
    }
    since = now;
  }

  /**
   * Parks, unless there is something to do after all.
   *
   * @return whether there was
   */
  private boolean await() {
    Signal signal = task.signal();
    signal.prepareToWait(Thread.currentThread());
    boolean progress = task.step();
    if (!progress) {
      LockSupport.parkNanos(this, nanosToNextTimer());
      if (Thread.interrupted()) {
        task.mailbox().cancel();
      }
    }
    signal.stopWaiting();
    return progress;
  }

  private long nanosToNextTimer() {
    long next = task.nextTimerMillis();
    if (next == Long.MAX_VALUE) {
      return LONGEST_PARK_NANOS;
    }
    long millis = Math.max(1, next - clock.nowMillis());
    return Math.min(LONGEST_PARK_NANOS, TimeUnit.MILLISECONDS.toNanos(millis));
  }
}
