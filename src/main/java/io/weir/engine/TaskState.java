package io.weir.engine;

/** Where a task is in its life. */
public enum TaskState {
  CREATED,
  /** Restores state and opens its operators. */
  INITIALIZING,
  RUNNING,
  FINISHED,
  FAILED,
  CANCELED;

  /** Whether the task will never do anything again. */
  public boolean isTerminal() {
    return this == FINISHED || this == FAILED || this == CANCELED;
  }
}
