package io.weir.engine;

import io.weir.barrier.Barrier;
import io.weir.snapshot.CheckpointType;

/**
 * How far a task is on its way to its end behind a synchronous checkpoint: nothing is processed
 * between its snapshot and the news of what has become of the checkpoint. Used by the task's thread
 * alone.
 */
final class TaskStop {
  private enum Stage {
    NONE,
    /** The operators finish, as at the end of the input; the snapshot is taken behind that. */
    DRAINING,
    /** The snapshot is taken. */
    WAITING,
    /** The checkpoint is complete: the task ends. */
    RELEASED
  }

  private Stage stage;
  private Barrier barrier;

  /**
   * @param isStopped whether the task was released in an earlier attempt, and has come back only
   *     because that did not come to its end
   */
  TaskStop(boolean isStopped) {
    stage = isStopped ? Stage.RELEASED : Stage.NONE;
  }

  /** Whether the snapshot for this barrier has to wait until the operators have finished. */
  boolean postpones(Barrier aligned) {
    if (!aligned.options().type().drains() || stage == Stage.DRAINING) {
      return false;
    }
    barrier = aligned;
    stage = Stage.DRAINING;
    return true;
  }

  void snapshotTaken(Barrier taken) {
    if (taken.options().type().isSynchronous()) {
      barrier = taken;
      stage = Stage.WAITING;
    }
  }

  void completed(long checkpointId) {
    if (stage == Stage.WAITING && barrier.checkpointId() == checkpointId) {
      stage = Stage.RELEASED;
    }
  }

  /** A task that has drained stays where it is: only a restart brings it back. */
  void aborted(long checkpointId) {
    CheckpointType type = stage == Stage.WAITING ? barrier.options().type() : null;
    if (type != null && !type.drains() && barrier.checkpointId() == checkpointId) {
      stage = Stage.NONE;
    }
  }

  boolean isDraining() {
    return stage == Stage.DRAINING;
  }

  boolean isWaiting() {
    return stage == Stage.WAITING;
  }

  boolean isReleased() {
    return stage == Stage.RELEASED;
  }

  /** The barrier that is waited with. */
  Barrier barrier() {
    return barrier;
  }
}
