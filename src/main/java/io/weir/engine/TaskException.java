package io.weir.engine;

/**
 * A task has failed. The message says which task, what it was doing, at which record, and what was
 * thrown; the cause is what was thrown.
 */
public final class TaskException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TaskException(String message, Throwable cause) {
    super(message, cause);
  }
}
