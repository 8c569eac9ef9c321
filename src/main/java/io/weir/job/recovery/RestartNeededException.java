package io.weir.job.recovery;

/**
 * All tasks of a job have to start again though none has failed: they have drained for a savepoint
 * that came to nothing, or single regions cannot go back to the newest checkpoint.
 */
public final class RestartNeededException extends Exception {
  private static final long serialVersionUID = 1L;

  public RestartNeededException(String message) {
    super(message);
  }
}
