package io.weir.checkpoint;

import java.util.OptionalLong;

/** How a request for a checkpoint ended. */
public sealed interface RequestOutcome {

  /** The checkpoint is complete and recorded. */
  record Completed(long checkpointId) implements RequestOutcome {}

  /**
   * There is no such checkpoint.
   *
   * @param checkpointId the checkpoint that was started for the request, if it came so far
   * @param message for people
   */
  record Failed(OptionalLong checkpointId, FailureReason reason, String message)
      implements RequestOutcome {}
}
