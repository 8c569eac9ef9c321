package io.weir.job.snapshots;

import io.weir.job.description.JobDescription;
import io.weir.job.history.CheckpointRecord;
import io.weir.job.history.CheckpointStatus;
import io.weir.job.history.Ownership;
import io.weir.job.surroundings.CatalogException;
import io.weir.job.surroundings.JobCatalog;
import io.weir.storage.CheckpointStorage;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes snapshots of one job: first their files, then they are forgotten. What cannot be removed
 * is in the log and stays known. May block; safe for use by several threads.
 */
public final class SnapshotDisposal {
  private static final Logger LOG = LoggerFactory.getLogger(SnapshotDisposal.class);

  private final JobDescription job;
  private final JobCatalog catalog;
  private final CheckpointStorage storage;

  public SnapshotDisposal(JobDescription job, JobCatalog catalog, CheckpointStorage storage) {
    this.job = job;
    this.catalog = catalog;
    this.storage = storage;
  }

  /**
   * Removes a completed checkpoint that the job needs no more.
   *
   * @param sharedFiles those that no other checkpoint needs either
   */
  public void subsumed(long checkpointId, Set<String> sharedFiles) {
    try {
      Optional<CheckpointRecord> checkpoint = catalog.checkpoint(job.id(), checkpointId);
      if (checkpoint.isPresent() && !checkpoint.get().isPinned()) {
        removeFiles(checkpoint.get());
        storage.discardShared(sharedFiles);
        catalog.checkpointDiscarded(job.id(), checkpointId);
      }
    } catch (IOException | CatalogException e) {
      LOG.warn(
          "Checkpoint {} of job '{}' is subsumed but could not be removed; it stays until it can: {}",
          checkpointId,
          job.name(),
          e.getMessage());
    }
  }

  /** Removes what the job has no need of when it has come to its end. */
  public void ended() {
    try {
      Set<String> needed = new HashSet<>();
      for (CheckpointRecord each : catalog.restorePoints(job.id())) {
        if (each.isPinned()) {
          needed.addAll(storage.sharedFiles(storage.read(each.path())));
        } else if (each.ownership().isRemovable()) {
          removeFiles(each);
          catalog.checkpointDiscarded(job.id(), each.id());
        }
      }
      storage.remove(storage.sharedOrphans(needed));
    } catch (IOException | CatalogException e) {
      LOG.warn(
          "Job '{}': its checkpoints below {} could not be removed: {}",
          job.name(),
          storage.path(),
          e.getMessage());
    }
  }

  private void removeFiles(CheckpointRecord snapshot) throws IOException {
    if (snapshot.ownership() == Ownership.CLAIMED) {
      removeClaimed(snapshot.path());
    } else {
      storage.discard(snapshot.id());
    }
  }

  /** Only what its metadata names: its directory may be anywhere. Its job has ended. */
  private void removeClaimed(String path) throws IOException {
    try {
      storage.discardClaimed(path, storage.read(path));
    } catch (NoSuchFileException e) {
      LOG.info("The snapshot at {}, which job '{}' had claimed, is gone already", path, job.name());
    }
  }

  /**
   * Removes what the process before this one has left of a checkpoint: it was in progress, or had
   * been given up, when that process came to its end.
   */
  public void leftOver(CheckpointRecord checkpoint, long nowMillis) throws CatalogException {
    CheckpointStatus status =
        catalog.checkpointFailed(
            checkpoint.failed(
                nowMillis,
                "CHECKPOINT_COORDINATOR_SHUTDOWN",
                "The server came to its end before the checkpoint was complete."));
    if (status != CheckpointStatus.FAILED) {
      return;
    }
    try {
      if (checkpoint.type().isSavepoint()) {
        storage.discardUnfinishedSavepoint(checkpoint.path());
      } else {
        storage.discard(checkpoint.id());
      }
    } catch (IOException e) {
      LOG.warn(
          "What is left of checkpoint {} of job '{}' could not be removed; it is tried again when the job starts the next time: {}",
          checkpoint.id(),
          job.name(),
          e.getMessage());
      return;
    }
    catalog.checkpointDiscarded(job.id(), checkpoint.id());
    LOG.info(
        "Removed what was left of checkpoint {} of job '{}', which was not complete when the server came to its end",
        checkpoint.id(),
        job.name());
  }
}
