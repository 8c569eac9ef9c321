package io.weir.barrier;

import io.weir.snapshot.CheckpointType;
import java.util.Objects;

/**
 * How one checkpoint is to be taken; the same for all its barriers, except that they may turn
 * unaligned on their way.
 *
 * @param type what was asked for
 * @param alignment how channels wait for each other
 * @param alignedTimeoutMillis how long after its trigger an aligned checkpoint turns unaligned;
 *     {@link #NO_TIMEOUT} for never
 */
public record CheckpointOptions(
    CheckpointType type, Alignment alignment, long alignedTimeoutMillis) {
  /** An aligned checkpoint that stays aligned. */
  public static final long NO_TIMEOUT = Long.MAX_VALUE;

  /** How the channels of a task wait for each other's barrier. */
  public enum Alignment {
    /** A channel that delivered its barrier waits for the others. */
    ALIGNED,
    /**
     * No channel waits: the barrier overtakes the records in front of it, which become part of the
     * snapshot.
     */
    UNALIGNED,
    /**
     * No channel waits; records behind a barrier may be part of the snapshot and are then processed
     * again after a restore.
     */
    AT_LEAST_ONCE
  }

  public CheckpointOptions {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(alignment, "alignment");
    if (alignedTimeoutMillis < 0
        || (alignment != Alignment.ALIGNED && alignedTimeoutMillis != NO_TIMEOUT)) {
      throw new IllegalArgumentException(
          "a checkpoint that is " + alignment + " with a timeout of " + alignedTimeoutMillis);
    }
    if (type.isAlwaysAligned()
        && (alignment == Alignment.UNALIGNED || alignedTimeoutMillis != NO_TIMEOUT)) {
      throw new IllegalArgumentException(
          "a " + type + " holds no records in flight: it is always aligned");
    }
  }

  /** Without a timeout. */
  public CheckpointOptions(CheckpointType type, Alignment alignment) {
    this(type, alignment, NO_TIMEOUT);
  }

  /** Options of an ordinary checkpoint whose barriers are aligned. */
  public static CheckpointOptions alignedCheckpoint() {
    return new CheckpointOptions(CheckpointType.CHECKPOINT, Alignment.ALIGNED);
  }

  /** Whether its barriers overtake records. */
  public boolean isUnaligned() {
    return alignment == Alignment.UNALIGNED;
  }

  /** Whether its barriers overtake records, now or when their timeout is over. */
  public boolean mayOvertake() {
    return isUnaligned() || alignedTimeoutMillis != NO_TIMEOUT;
  }
}
