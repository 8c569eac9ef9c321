package io.weir.job.surroundings;

import io.weir.engine.Task;
import io.weir.engine.TaskListener;
import java.util.List;

/** Port: gives tasks threads. Safe for use by several threads. */
public interface TaskRunner {

  /**
   * Steps these tasks in turn, by one thread, until all have ended. Returns at once.
   *
   * @param tasks at least one
   * @throws RuntimeException if no thread can be had
   */
  Handle run(List<Task> tasks);

  /**
   * What the tasks of a job tell instead of its master: the master itself, unless something stands
   * between them.
   */
  default TaskListener listener(TaskListener master) {
    return master;
  }

  /** Tasks that are being stepped. */
  interface Handle {
    /** Interrupts the thread that steps them: user code that blocks is to give up. */
    void interrupt();

    /** What that thread is doing; empty if that is not known. */
    default StackTraceElement[] stackTrace() {
      return new StackTraceElement[0];
    }
  }
}
