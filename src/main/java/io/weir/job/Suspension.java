package io.weir.job;

import io.weir.api.environment.JobStatus;
import io.weir.job.checkpoints.CheckpointDriver;
import io.weir.job.checkpoints.TakenCheckpoint;
import io.weir.job.surroundings.MainThread;
import io.weir.snapshot.CheckpointType;
import java.util.concurrent.CompletableFuture;

/**
 * A job's way to its rest: it takes a last checkpoint, behind which its tasks end; if that comes to
 * nothing, or takes too long, they are cancelled. Used by the job's actor alone.
 */
final class Suspension {
  /**
   * How long a suspended job may take for its last checkpoint, or one that stops with a savepoint
   * for all of that, before its tasks are cancelled.
   */
  private static final long LIMIT_MILLIS = 15_000;

  /** What it needs of the job's scheduler. */
  interface Master {
    /** Whether a checkpoint can be asked for. */
    boolean takesCheckpoints();

    /** Null until the first attempt has been prepared. */
    CheckpointDriver driver();

    void stopTasks();
  }

  private final JobLife life;
  private final StopWithSavepoint stop;
  private final JobJournal journal;
  private final MainThread mainThread;
  private final Master master;
  private JobStatus status = JobStatus.SUSPENDED;

  Suspension(
      JobLife life,
      StopWithSavepoint stop,
      JobJournal journal,
      MainThread mainThread,
      Master master) {
    this.life = life;
    this.stop = stop;
    this.journal = journal;
    this.mainThread = mainThread;
    this.master = master;
  }

  /** What the catalog is to say of the job once it rests. */
  JobStatus status() {
    return status;
  }

  /**
   * Sets the job on its way, unless it ends anyway.
   *
   * @param why for the journal
   * @param untilNextStart whether the job is to go on by itself when the server starts the next
   *     time
   */
  void begin(String why, boolean untilNextStart) {
    if (life.isGivenUp()) {
      return;
    }
    if (!life.isSuspending() || !untilNextStart) {
      status = untilNextStart ? JobStatus.RUNNING : JobStatus.SUSPENDED;
    }
    if (life.isToRun()) {
      journal.decided("suspend", why);
      // a job that stops with a savepoint is on its way already
      if (!stop.isUnderWay()) {
        life.suspend();
        lastCheckpointThenStop();
      }
      mainThread.callAfter(LIMIT_MILLIS, this::cancelTasks);
    } else if (life.isRestarting()) {
      cancelTasks();
    }
  }

  private void lastCheckpointThenStop() {
    if (!master.takesCheckpoints()) {
      master.stopTasks();
      return;
    }
    CompletableFuture<TakenCheckpoint> last = new CompletableFuture<>();
    CompletableFuture<TakenCheckpoint> unused =
        last.whenComplete(
            (taken, failed) -> {
              // else the tasks end by themselves
              if (failed != null) {
                journal.decided("stop without checkpoint", failed.getMessage());
                mainThread.tell(master::stopTasks);
              }
            });
    master.driver().request(CheckpointType.LAST_CHECKPOINT, null, last);
  }

  private void cancelTasks() {
    if (!life.isGivenUp()) {
      life.suspend();
      master.stopTasks();
    }
  }
}
