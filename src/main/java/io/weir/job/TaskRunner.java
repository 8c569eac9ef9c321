package io.weir.job;

import io.weir.engine.Task;

/** Port: gives tasks a thread. Safe for use by several threads. */
public interface TaskRunner {

  /**
   * Steps the task until it has ended. Returns at once.
   *
   * @throws RuntimeException if no thread can be had
   */
  Handle run(Task task);

  /** A task that is being stepped. */
  interface Handle {
    /** Interrupts the thread that steps it: user code that blocks is to give up. */
    void interrupt();
  }
}
