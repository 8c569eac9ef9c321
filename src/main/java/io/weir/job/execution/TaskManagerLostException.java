package io.weir.job.execution;

import io.weir.plan.TaskManagerId;

/** All tasks in the slots of a task manager have failed with it. */
public final class TaskManagerLostException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param why a sentence
   * @param cause null if nothing was thrown
   */
  TaskManagerLostException(TaskManagerId lost, String why, Throwable cause) {
    super("Task manager " + lost + " is lost, with all tasks in its slots: " + why, cause);
  }
}
