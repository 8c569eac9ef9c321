package io.weir.job.snapshots;

import io.weir.job.description.JobDescription;
import io.weir.job.history.CheckpointRecord;
import io.weir.job.history.CheckpointStatus;
import io.weir.job.history.DecisionRecord;
import io.weir.job.surroundings.CatalogException;
import io.weir.job.surroundings.JobCatalog;
import io.weir.snapshot.CheckpointType;
import io.weir.snapshot.CorruptStateException;
import io.weir.snapshot.SnapshotMetadata;
import io.weir.storage.CheckpointStorage;
import io.weir.storage.StoredCheckpoint;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checkpoints that the storage holds complete while the catalog does not know it: the server came
 * to its end between the two, or the catalog's database has lost what it had committed. As a sink
 * may have committed what belongs to them, the job must go on from the newest of them.
 *
 * <p>Only for a time when no attempt of the job runs. May block.
 */
public final class UnrecordedCheckpoints {
  private static final Logger LOG = LoggerFactory.getLogger(UnrecordedCheckpoints.class);

  private final JobDescription job;
  private final JobCatalog catalog;
  private final CheckpointStorage storage;

  public UnrecordedCheckpoints(JobDescription job, JobCatalog catalog, CheckpointStorage storage) {
    this.job = job;
    this.catalog = catalog;
    this.storage = storage;
  }

  /**
   * One of them.
   *
   * @param inProgress as the catalog knows it, or would have known it
   * @param isKnown whether the catalog knows that it was begun
   */
  private record Unrecorded(
      StoredCheckpoint stored,
      SnapshotMetadata metadata,
      CheckpointRecord inProgress,
      boolean isKnown) {
    CheckpointRecord completed(long nowMillis) {
      return inProgress.completed(nowMillis, stored.path(), 0, metadata.sizeBytes());
    }
  }

  /**
   * Tells which there are, and changes nothing.
   *
   * @param inStorage the complete ones in storage, newest first
   * @return as they would stand in the catalog, newest first
   */
  public List<CheckpointRecord> look(List<StoredCheckpoint> inStorage)
      throws CatalogException, IOException {
    List<CheckpointRecord> newestFirst = new ArrayList<>();
    for (Unrecorded each : find(inStorage)) {
      newestFirst.add(0, each.completed(each.metadata().timestampMillis()));
    }
    return newestFirst;
  }

  /**
   * Records those that are newer than what the catalog knows to be complete.
   *
   * @param inStorage the complete ones in storage, newest first
   * @param token of the job's lease
   */
  public void record(List<StoredCheckpoint> inStorage, long token, long nowMillis)
      throws CatalogException, IOException {
    for (Unrecorded each : find(inStorage)) {
      record(each, token, nowMillis);
    }
  }

  /** Oldest first. */
  private List<Unrecorded> find(List<StoredCheckpoint> inStorage)
      throws CatalogException, IOException {
    long newestKnown =
        catalog.restorePoints(job.id()).stream()
            .filter(CheckpointRecord::isForRecovery)
            .mapToLong(CheckpointRecord::id)
            .max()
            .orElse(0);
    List<StoredCheckpoint> oldestFirst = new ArrayList<>(inStorage);
    Collections.reverse(oldestFirst);
    List<Unrecorded> found = new ArrayList<>();
    for (StoredCheckpoint stored : oldestFirst) {
      if (stored.checkpointId() > newestKnown) {
        find(stored).ifPresent(found::add);
      }
    }
    return found;
  }

  private Optional<Unrecorded> find(StoredCheckpoint stored) throws CatalogException, IOException {
    Optional<CheckpointRecord> known = catalog.checkpoint(job.id(), stored.checkpointId());
    if (known.isPresent() && known.get().status() != CheckpointStatus.IN_PROGRESS) {
      return Optional.empty();
    }
    try {
      SnapshotMetadata metadata = storage.read(stored.path());
      return Optional.of(
          new Unrecorded(
              stored,
              metadata,
              known.orElseGet(() -> started(stored, metadata)),
              known.isPresent()));
    } catch (CorruptStateException | NoSuchFileException e) {
      LOG.warn(
          "The catalog does not know whether checkpoint {} of job '{}' is complete, and it cannot be read: {}",
          stored.checkpointId(),
          job.name(),
          e.getMessage());
      return Optional.empty();
    }
  }

  private void record(Unrecorded found, long token, long nowMillis) throws CatalogException {
    StoredCheckpoint stored = found.stored();
    if (!found.isKnown()) {
      catalog.checkpointStarted(found.inProgress());
    }
    catalog.checkpointCompleted(found.completed(nowMillis), token);
    String why =
        found.isKnown()
            ? "The server came to its end before the catalog had been told."
            : "The catalog knows nothing of it: its database has lost commits, or is an older copy.";
    catalog.decided(
        new DecisionRecord(
            job.id(),
            nowMillis,
            "record checkpoint",
            "Checkpoint "
                + stored.checkpointId()
                + " is complete in "
                + stored.path()
                + ". "
                + why));
    LOG.warn(
        "Checkpoint {} of job '{}' is complete in {}, and now in the catalog, too. {}",
        stored.checkpointId(),
        job.name(),
        stored.path(),
        why);
  }

  private CheckpointRecord started(StoredCheckpoint stored, SnapshotMetadata metadata) {
    return CheckpointRecord.started(
        job.id(),
        stored.checkpointId(),
        0,
        CheckpointType.CHECKPOINT,
        metadata.timestampMillis(),
        stored.path(),
        List.of());
  }
}
