package io.weir.job;

import io.weir.checkpoint.FailureReason;

/** A job's tasks have drained for a savepoint that came to nothing. */
final class DrainFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  DrainFailedException(FailureReason reason, String message) {
    super(reason + ": " + message);
  }
}
