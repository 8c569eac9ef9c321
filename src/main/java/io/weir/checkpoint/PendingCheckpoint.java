package io.weir.checkpoint;

import io.weir.snapshot.CheckpointType;
import io.weir.snapshot.TaskId;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A checkpoint in progress.
 *
 * @param startedMillis when it was triggered
 * @param requestId the request that it answers, if it is not a periodic one
 * @param notAcknowledged tasks whose snapshot is awaited
 */
public record PendingCheckpoint(
    long checkpointId,
    CheckpointType type,
    long startedMillis,
    Optional<String> requestId,
    CheckpointPlan plan,
    Set<TaskId> notAcknowledged) {

  public PendingCheckpoint {
    notAcknowledged = Set.copyOf(notAcknowledged);
  }

  /**
   * Whether all snapshots are in and only its record is missing; it can no longer be given up from
   * here.
   */
  public boolean isFinalizing() {
    return notAcknowledged.isEmpty();
  }

  boolean awaits(TaskId task) {
    return notAcknowledged.contains(task);
  }

  PendingCheckpoint acknowledgedBy(TaskId task) {
    Set<TaskId> rest = new LinkedHashSet<>(notAcknowledged);
    rest.remove(task);
    return new PendingCheckpoint(checkpointId, type, startedMillis, requestId, plan, rest);
  }
}
