package io.weir.checkpoint;

import java.util.List;
import java.util.Optional;

/**
 * All that is known about the checkpoints of one job.
 *
 * @param nextCheckpointId the id of the next checkpoint; ids are never used twice
 * @param pending checkpoints in progress, oldest first
 * @param queue requests that wait for their turn
 * @param retention completed checkpoints that are kept
 */
public record CoordinatorState(
    CheckpointSettings settings,
    Phase phase,
    Deployment deployment,
    long nextCheckpointId,
    List<PendingCheckpoint> pending,
    TriggerSchedule schedule,
    RequestQueue queue,
    FailureCounter failures,
    Retention retention,
    AbortedCheckpoints aborted) {

  public CoordinatorState {
    pending = List.copyOf(pending);
    long previous = Long.MIN_VALUE;
    for (PendingCheckpoint checkpoint : pending) {
      // INVARIANT: ids only grow
      if (checkpoint.checkpointId() <= previous || checkpoint.checkpointId() >= nextCheckpointId) {
        throw new IllegalStateException(
            "pending checkpoints out of order, next is " + nextCheckpointId + ": " + pending);
      }
      previous = checkpoint.checkpointId();
    }
  }

  /**
   * A job before its tasks run.
   *
   * @param nextCheckpointId greater than that of every checkpoint that the job ever started or was
   *     restored from
   * @param completed what the job could be restored from
   */
  public static CoordinatorState initial(
      CheckpointSettings settings, long nextCheckpointId, List<CompletedSnapshot> completed) {
    return new CoordinatorState(
        settings,
        Phase.NOT_RUNNING,
        Deployment.NONE,
        nextCheckpointId,
        List.of(),
        TriggerSchedule.of(settings),
        RequestQueue.EMPTY,
        FailureCounter.tolerating(settings.tolerableFailures()),
        new Retention(settings.numRetained(), settings.retainForMillis(), completed),
        AbortedCheckpoints.NONE);
  }

  /**
   * Whether a checkpoint is being recorded. While this is so, the snapshot to restore from must not
   * be chosen: a checkpoint that turned out complete afterwards would be newer than what the job
   * went on from, yet know nothing of it.
   */
  public boolean isFinalizing() {
    return pending.stream().anyMatch(PendingCheckpoint::isFinalizing);
  }

  /** Whether a completed checkpoint is still kept to restore from. */
  public boolean isRetained(long checkpointId) {
    return retention.snapshots().stream()
        .anyMatch(snapshot -> snapshot.checkpointId() == checkpointId);
  }

  /** The checkpoint in progress with this id. */
  public Optional<PendingCheckpoint> pending(long checkpointId) {
    return pending.stream()
        .filter(checkpoint -> checkpoint.checkpointId() == checkpointId)
        .findFirst();
  }
}
