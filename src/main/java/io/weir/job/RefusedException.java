package io.weir.job;

/**
 * What was asked for was not done, and nothing has changed. The message says why, and what to do.
 */
public final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  RefusedException(String message) {
    super(message);
  }
}
