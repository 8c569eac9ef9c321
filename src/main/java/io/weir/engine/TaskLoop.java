package io.weir.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Drives tasks on the thread that calls {@link #run()} until all have ended: steps each in turn,
 * and when none makes progress spins for a moment, then yields, then parks until the signal of one
 * of them or the next timer. An interrupt while it is parked cancels them all.
 */
public final class TaskLoop implements Runnable {
  /**
   * Few: on a machine with fewer cores than threads, who spins keeps from running whom it waits
   * for.
   */
  private static final int SPINS = 20;

  private static final int YIELDS = 4;

  /** Only a bound for how long a mistake could last; wake-ups do not depend on it. */
  private static final long LONGEST_PARK_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Those that have not ended. */
  private final List<DrivenTask> tasks = new ArrayList<>();

  private final Clock clock;

  /** When the last step that did something was over, or the last pause. */
  private long now;

  /**
   * A loop for tasks that nobody else steps.
   *
   * @param tasks in the order in which records pass them, so that each finds what the one in front
   *     of it has just emitted
   */
  public TaskLoop(List<Task> tasks, Clock clock) {
    this.clock = clock;
    tasks.forEach(task -> this.tasks.add(new DrivenTask(task)));
  }

  @Override
  @SuppressWarnings("ThreadPriorityCheck") // a hint: progress does not depend on it
  public void run() {
    now = clock.nanoTime();
    for (DrivenTask each : tasks) {
      each.since = now;
    }
    int idleTurns = 0;
    while (!tasks.isEmpty()) {
      if (stepEach()) {
        idleTurns = 0;
      } else if (++idleTurns <= SPINS) {
        Thread.onSpinWait();
      } else if (idleTurns <= SPINS + YIELDS) {
        Thread.yield();
        haveWaited();
      } else if (await()) {
        idleTurns = 0;
      } else {
        haveWaited();
      }
    }
  }

  private boolean stepEach() {
    boolean progress = false;
    for (int i = 0; i < tasks.size(); i++) {
      DrivenTask each = tasks.get(i);
      progress |= each.step();
      if (each.task.state().isTerminal()) {
        tasks.remove(i--);
      }
    }
    return progress;
  }

  /** A yield may take long on a busy machine, too. */
  private void haveWaited() {
    now = clock.nanoTime();
    for (int i = 0; i < tasks.size(); i++) {
      tasks.get(i).hasWaited();
    }
  }

  /**
   * Parks, unless there is something to do after all.
   *
   * @return whether there was
   */
  private boolean await() {
    for (int i = 0; i < tasks.size(); i++) {
      tasks.get(i).task.signal().prepareToWait(Thread.currentThread());
    }
    boolean progress = stepEach();
    if (!progress) {
      LockSupport.parkNanos(this, nanosToNextTimer());
      if (Thread.interrupted()) {
        tasks.forEach(each -> each.task.mailbox().cancel());
      }
    }
    for (int i = 0; i < tasks.size(); i++) {
      tasks.get(i).task.signal().stopWaiting();
    }
    return progress;
  }

  private long nanosToNextTimer() {
    long next = Long.MAX_VALUE;
    for (int i = 0; i < tasks.size(); i++) {
      next = Math.min(next, tasks.get(i).task.nextTimerMillis());
    }
    if (next == Long.MAX_VALUE) {
      return LONGEST_PARK_NANOS;
    }
    long millis = Math.max(1, next - clock.nowMillis());
    return Math.min(LONGEST_PARK_NANOS, TimeUnit.MILLISECONDS.toNanos(millis));
  }

  /** One of the tasks, and how it spends its time. */
  private final class DrivenTask {
    private final Task task;

    /** Until when its time has been accounted for. */
    private long since;

    /** Whether it waits for room in its outputs. */
    private boolean isBackPressured;

    DrivenTask(Task task) {
      this.task = task;
    }

    boolean step() {
      if (!task.step()) {
        isBackPressured = task.isBackPressured();
        return false;
      }
      hasWaited();
      now = clock.nanoTime();
      task.load().addBusy(now - since);
      since = now;
      return true;
    }

    /** What it has not worked up to now, it has waited: for records, for room, or for its turn. */
    void hasWaited() {
      if (now == since) {
        return;
      }
      if (isBackPressured) {
        task.load().addBackPressured(now - since);
      } else {
        task.load().addIdle(now - since);
      }
      since = now;
    }
  }
}
