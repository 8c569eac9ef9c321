package io.weir.barrier;

import java.util.Objects;

/**
 * Stands in every channel between the records that belong to a checkpoint and those that do not.
 *
 * @param checkpointId the checkpoint that it belongs to; ids of one job only grow
 * @param timestampMillis when the checkpoint was triggered, in epoch milliseconds
 * @param options what kind of checkpoint it is and how its barriers are handled
 */
public record Barrier(long checkpointId, long timestampMillis, CheckpointOptions options) {

  public Barrier {
    if (checkpointId < 0) {
      throw new IllegalArgumentException("checkpoint id must not be negative: " + checkpointId);
    }
    Objects.requireNonNull(options, "options");
  }

  /** The same, overtaking records from here on. */
  Barrier unaligned() {
    return options.isUnaligned()
        ? this
        : new Barrier(
            checkpointId,
            timestampMillis,
            new CheckpointOptions(options.type(), CheckpointOptions.Alignment.UNALIGNED));
  }
}
