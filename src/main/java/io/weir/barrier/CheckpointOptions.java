package io.weir.barrier;

import io.weir.snapshot.CheckpointType;
import java.util.Objects;

/**
 * How one checkpoint is to be taken; the same for all its barriers.
 *
 * @param type what was asked for
 * @param alignment how channels wait for each other
 */
public record CheckpointOptions(CheckpointType type, Alignment alignment) {

  /** How the channels of a task wait for each other's barrier. */
  public enum Alignment {
    /** A channel that delivered its barrier waits for the others. */
    ALIGNED,
    /**
     * No channel waits; records behind a barrier may be part of the snapshot and are then processed
     * again after a restore.
     */
    AT_LEAST_ONCE
  }

  public CheckpointOptions {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(alignment, "alignment");
  }

  /** Options of an ordinary checkpoint whose barriers are aligned. */
  public static CheckpointOptions alignedCheckpoint() {
    return new CheckpointOptions(CheckpointType.CHECKPOINT, Alignment.ALIGNED);
  }
}
