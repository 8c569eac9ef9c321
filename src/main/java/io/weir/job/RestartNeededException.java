package io.weir.job;

/**
 * All tasks of a job have to start again though none has failed: they have drained for a savepoint
 * that came to nothing, or single regions cannot go back to the newest checkpoint.
 */
final class RestartNeededException extends Exception {
  private static final long serialVersionUID = 1L;

  RestartNeededException(String message) {
    super(message);
  }
}
