package io.weir.job.snapshots;

/**
 * What was asked for was not done, and nothing has changed. The message says why, and what to do.
 */
public final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  public RefusedException(String message) {
    super(message);
  }
}
