package io.weir.job;

import io.weir.job.history.CheckpointRecord;
import io.weir.job.history.CheckpointStatus;
import io.weir.job.history.JobRecord;
import io.weir.job.history.Ownership;
import io.weir.job.snapshots.RefusedException;
import io.weir.job.surroundings.CatalogException;
import io.weir.job.surroundings.JobCatalog;
import io.weir.snapshot.JobId;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Keeps checkpoints and savepoints until their user says otherwise: a pinned one is neither removed
 * when it is subsumed or its job ends, nor disposed of. May block.
 */
final class SnapshotPins {
  /** A job's actor answers at once, unless the server stops. */
  private static final long PATIENCE_SECONDS = 30;

  private final JobCatalog catalog;
  private final Function<JobId, Optional<JobMaster>> masters;

  /**
   * @param masters those of the jobs that this server runs or has run
   */
  SnapshotPins(JobCatalog catalog, Function<JobId, Optional<JobMaster>> masters) {
    this.catalog = catalog;
    this.masters = masters;
  }

  /** May be repeated. */
  void pin(JobId job, long checkpointId) throws CatalogException, RefusedException {
    CheckpointRecord snapshot = retained(job, checkpointId);
    if (snapshot.ownership().isRemovable()) {
      refuseIfClaimed(snapshot);
      Optional<JobMaster> master = runningHere(job);
      if (master.isPresent() && !isKept(master.get(), checkpointId)) {
        throw new RefusedException(
            name(snapshot)
                + " is subsumed and being removed, or its job is just starting. Pin a newer one.");
      }
    }
    catalog.checkpointPinned(job, checkpointId, true);
  }

  /** May be repeated. */
  void unpin(JobId job, long checkpointId) throws CatalogException, RefusedException {
    retained(job, checkpointId);
    Optional<JobMaster> master = runningHere(job);
    catalog.checkpointPinned(job, checkpointId, false);
    master.ifPresent(running -> running.unpin(checkpointId));
  }

  private CheckpointRecord retained(JobId job, long checkpointId)
      throws CatalogException, RefusedException {
    return catalog
        .checkpoint(job, checkpointId)
        .filter(each -> each.status() == CheckpointStatus.COMPLETED && !each.isDiscarded())
        .orElseThrow(
            () ->
                new RefusedException(
                    "Checkpoint %d of job %s is not complete, or removed."
                        .formatted(checkpointId, job)));
  }

  private void refuseIfClaimed(CheckpointRecord snapshot)
      throws CatalogException, RefusedException {
    for (CheckpointRecord each : catalog.snapshotsAt(snapshot.path())) {
      if (each.ownership() == Ownership.CLAIMED && !each.job().equals(snapshot.job())) {
        throw new RefusedException(
            name(snapshot)
                + " belongs to job "
                + each.job()
                + " now, which has begun with it. Pin it there.");
      }
    }
  }

  /** Empty if nobody runs the job; only who runs it knows what is just being removed. */
  private Optional<JobMaster> runningHere(JobId job) throws CatalogException, RefusedException {
    Optional<JobMaster> master = masters.apply(job).filter(each -> !each.ended().isDone());
    Optional<JobRecord> record = catalog.job(job);
    if (master.isEmpty() && record.isPresent() && !record.get().status().isTerminalState()) {
      throw new RefusedException(
          "Job '%s' is %s, but not in this server. Ask the one that runs it, or start it here."
              .formatted(record.get().name(), record.get().status()));
    }
    return master;
  }

  private static boolean isKept(JobMaster master, long checkpointId) throws RefusedException {
    try {
      return master.pin(checkpointId).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new RefusedException("The job does not answer: " + e + ". Try again.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RefusedException("The server stops. Try again when it has started.");
    }
  }

  private static String name(CheckpointRecord snapshot) {
    return "Checkpoint " + snapshot.id() + " of job " + snapshot.job();
  }
}
