package io.weir.job.checkpoints;

import io.weir.checkpoint.FailureReason;

/** Too many checkpoints of a job have failed. */
final class CheckpointFailuresException extends Exception {
  private static final long serialVersionUID = 1L;

  CheckpointFailuresException(FailureReason reason, String message) {
    super(reason + ": " + message);
  }
}
