package io.weir.job.checkpoints;

import io.weir.checkpoint.FailureReason;
import java.util.OptionalLong;

/** Why a checkpoint or savepoint that was asked for came to nothing. */
public final class CheckpointException extends Exception {
  private static final long serialVersionUID = 1L;

  CheckpointException(OptionalLong checkpointId, FailureReason reason, String message) {
    super(
        (checkpointId.isPresent() ? "checkpoint " + checkpointId.getAsLong() + ": " : "")
            + reason
            + ": "
            + message);
  }
}
