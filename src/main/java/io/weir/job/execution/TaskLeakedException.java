package io.weir.job.execution;

import io.weir.config.TaskManagerOptions;
import io.weir.engine.Task;
import java.util.List;

/**
 * Tasks that were told to end have not. Its stack trace is that of the first one's thread: where it
 * hangs.
 */
public final class TaskLeakedException extends Exception {
  private static final long serialVersionUID = 1L;

  public TaskLeakedException(List<Task> tasks, StackTraceElement[] where) {
    super(
        tasks.stream().map(Task::name).toList()
            + " did not end in time after they were told to and interrupted ("
            + TaskManagerOptions.TASK_CANCELLATION_TIMEOUT.key()
            + "). The job goes on without them: nothing that they do counts any more, but their"
            + " threads stay until the code that they hang in returns. Mend that code; restart the"
            + " server if it never returns.");
    setStackTrace(where);
  }
}
