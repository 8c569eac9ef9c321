package io.weir.checkpoint;

import io.weir.snapshot.CheckpointType;
import java.util.Objects;

/**
 * Somebody asks for a checkpoint now.
 *
 * @param requestId names the request in its answer; never used twice
 * @param forced not held back by the number of checkpoints that may be in progress at once
 */
public record CheckpointRequest(String requestId, CheckpointType type, boolean forced) {

  public CheckpointRequest {
    Objects.requireNonNull(requestId, "requestId");
    Objects.requireNonNull(type, "type");
  }

  /** The smaller, the sooner it is served. */
  int rank() {
    if (type.isSavepoint()) {
      return 0;
    }
    return forced ? 1 : 2;
  }
}
