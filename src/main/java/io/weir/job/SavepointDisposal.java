package io.weir.job;

import io.weir.job.history.CheckpointRecord;
import io.weir.job.history.JobRecord;
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
final class SavepointDisposal {
  private final JobCatalog catalog;
  private final ObjectStorages storages;

  SavepointDisposal(JobCatalog catalog, ObjectStorages storages) {
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
  void dispose(String path) throws IOException, CatalogException, DisposalRefusedException {
    String directory = SnapshotReader.directoryOf(path);
    SnapshotMetadata metadata = read(directory);
    List<CheckpointRecord> known = catalog.snapshotsAt(directory);
    for (CheckpointRecord each : known) {
      refuseIfNeeded(each);
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

  private void refuseIfNeeded(CheckpointRecord snapshot)
      throws CatalogException, DisposalRefusedException {
    if (snapshot.isPinned()) {
      throw new DisposalRefusedException(
          "The snapshot at "
              + snapshot.path()
              + " was not removed: it is pinned. Unpin it first (DELETE /weir/v1/checkpoints/"
              + snapshot.job()
              + "/"
              + snapshot.id()
              + "/pin).",
          /* cause= */ null);
    }
    Optional<JobRecord> job =
        catalog.job(snapshot.job()).filter(each -> !each.status().isGloballyTerminalState());
    if (job.isEmpty()) {
      return;
    }
    Optional<CheckpointRecord> newest =
        catalog.restorePoints(snapshot.job()).stream()
            .filter(CheckpointRecord::isForRecovery)
            .findFirst();
    String why = null;
    if (newest.isPresent() && newest.get().id() == snapshot.id()) {
      why = "goes back to it when it fails. Wait until a newer checkpoint of it is complete.";
    } else if (snapshot.ownership().isRemovable()) {
      why = "owns it, and removes it by itself when it is subsumed.";
    }
    if (why != null) {
      throw new DisposalRefusedException(
          "The snapshot at "
              + snapshot.path()
              + " was not removed: job '"
              + job.get().name()
              + "', which is "
              + job.get().status()
              + ", "
              + why,
          /* cause= */ null);
    }
  }
}
