package io.weir.job.surroundings;

import io.weir.engine.Task;
import io.weir.engine.TaskListener;

/** Port: gives tasks a thread. Safe for use by several threads. */
public interface TaskRunner {

  /**
   * Steps the task until it has ended. Returns at once.
   *
   * @throws RuntimeException if no thread can be had
   */
  Handle run(Task task);

  /**
   * What the tasks of a job tell instead of its master: the master itself, unless something stands
   * between them.
   */
  default TaskListener listener(TaskListener master) {
    return master;
  }

  /** A task that is being stepped. */
  interface Handle {
    /** Interrupts the thread that steps it: user code that blocks is to give up. */
    void interrupt();

    /** What that thread is doing; empty if that is not known. */
    default StackTraceElement[] stackTrace() {
      return new StackTraceElement[0];
    }
  }
}
