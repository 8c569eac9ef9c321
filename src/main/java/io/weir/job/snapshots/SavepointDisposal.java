package io.weir.job.snapshots;

import io.weir.job.history.CheckpointRecord;
import io.weir.job.history.JobRecord;
import io.weir.job.surroundings.CatalogException;
import io.weir.job.surroundings.JobCatalog;
import io.weir.snapshot.CorruptStateException;
import io.weir.snapshot.SnapshotMetadata;
import io.weir.storage.ObjectStorages;
import io.weir.storage.SnapshotReader;
import io.weir.storage.SnapshotRemoval;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Removes a savepoint, or a retained checkpoint, that its user does not want any more: what is in
 * its directory and its metadata names, and nothing else. May block.
 */
public final class SavepointDisposal {
  private final JobCatalog catalog;
  private final ObjectStorages storages;

  public SavepointDisposal(JobCatalog catalog, ObjectStorages storages) {
    this.catalog = catalog;
    this.storages = storages;
  }

  /** It was not removed. The message says why. */
  static final class DisposalRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    DisposalRefusedException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** Deletes first, then forgets. */
  public void dispose(String path) throws IOException, CatalogException, DisposalRefusedException {
    String directory = SnapshotReader.directoryOf(path);
    SnapshotMetadata metadata = read(directory);
    List<CheckpointRecord> known = catalog.snapshotsAt(directory);
    Optional<String> needed = whyNeeded(known);
    if (needed.isPresent()) {
      throw new DisposalRefusedException(
          "The snapshot at " + directory + " was not removed: " + needed.get(), /* cause= */ null);
    }
    SnapshotRemoval.of(storages, directory).removeOwned(metadata);
    for (CheckpointRecord each : known) {
      catalog.checkpointDiscarded(each.job(), each.id());
    }
  }

  private SnapshotMetadata read(String directory) throws IOException, DisposalRefusedException {
    try {
      return new SnapshotReader(storages).read(directory);
    } catch (CorruptStateException e) {
      throw new DisposalRefusedException(
          e.getMessage()
              + " Which files belong to it is not known, so none was removed. Remove its directory by hand.",
          e);
    }
  }

  /** Why the snapshot in a directory has to stay; empty if nobody needs it. */
  Optional<String> whyNeeded(String directory) throws CatalogException {
    return whyNeeded(catalog.snapshotsAt(directory));
  }

  private Optional<String> whyNeeded(List<CheckpointRecord> snapshots) throws CatalogException {
    for (CheckpointRecord each : snapshots) {
      Optional<String> why = whyNeeded(each);
      if (why.isPresent()) {
        return why;
      }
    }
    return Optional.empty();
  }

  private Optional<String> whyNeeded(CheckpointRecord snapshot) throws CatalogException {
    if (snapshot.isPinned()) {
      return Optional.of(
          "it is pinned. Unpin it first (DELETE /weir/v1/checkpoints/%s/%d/pin)."
              .formatted(snapshot.job(), snapshot.id()));
    }
    Optional<JobRecord> job =
        catalog.job(snapshot.job()).filter(each -> !each.status().isGloballyTerminalState());
    if (job.isEmpty()) {
      return Optional.empty();
    }
    String why = null;
    if (goesBackTo(snapshot)) {
      why = "goes back to it when it fails. Wait until a newer checkpoint of it is complete.";
    } else if (snapshot.ownership().isRemovable()) {
      why = "owns it, and removes it by itself when it is subsumed.";
    }
    return Optional.ofNullable(why)
        .map(
            reason ->
                "job '%s', which is %s, %s"
                    .formatted(job.get().name(), job.get().status(), reason));
  }

  /** To the newest one, and as long as that is damaged to the one in front of it. */
  private boolean goesBackTo(CheckpointRecord snapshot) throws CatalogException {
    for (CheckpointRecord each : catalog.restorePoints(snapshot.job())) {
      if (each.isForRecovery()) {
        if (each.id() == snapshot.id()) {
          return true;
        }
        if (each.damage() == null) {
          return false;
        }
      }
    }
    return false;
  }
}
