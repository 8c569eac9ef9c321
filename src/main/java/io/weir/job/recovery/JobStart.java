package io.weir.job.recovery;

import io.weir.checkpoint.CompletedSnapshot;
import io.weir.engine.RestoredState;
import io.weir.job.description.JobDescription;
import io.weir.job.description.JobSettings;
import io.weir.job.history.AttemptRecord;
import io.weir.job.history.CheckpointRecord;
import io.weir.job.history.JobRecord;
import io.weir.job.snapshots.SharedStateFiles;
import io.weir.job.snapshots.SnapshotDisposal;
import io.weir.job.snapshots.UnrecordedCheckpoints;
import io.weir.job.surroundings.CatalogException;
import io.weir.job.surroundings.JobCatalog;
import io.weir.job.surroundings.JobSurroundings;
import io.weir.job.surroundings.LeaseHeldException;
import io.weir.restore.RestorePoint;
import io.weir.snapshot.SnapshotKind;
import io.weir.storage.CheckpointStorage;
import io.weir.storage.LocalBackup;
import io.weir.storage.StoredCheckpoint;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** What has to be done before the tasks of an attempt can start. Waits for storage and catalog. */
public final class JobStart {
  /**
   * What the attempt begins with.
   *
   * @param restorePoints completed snapshots that the job could be restored from
   * @param sharedFiles those of the completed checkpoints, by checkpoint; only if this process
   *     starts the job for the first time
   * @param savepointTriedMillis when the job has taken, or tried to take, its last scheduled
   *     savepoint, or when it was submitted; only if this process starts the job for the first time
   */
  public record Prepared(
      Restorer.Restored restored,
      AttemptRecord attempt,
      long leaseToken,
      long nextCheckpointId,
      List<CheckpointRecord> restorePoints,
      Map<Long, Set<String>> sharedFiles,
      long savepointTriedMillis) {

    /** One sentence: what is restored, and why. */
    public String why() {
      return restored.why();
    }

    /** What the tasks begin with. */
    public RestoredState state() {
      return isStop() ? restored.state().stopped() : restored.state();
    }

    /** Whether the job was stopped with what is restored: only its end is missing. */
    public boolean isStop() {
      return restored.point() != null
          && restorePoints.stream()
              .anyMatch(each -> each.isStop() && each.path().equals(restored.point().path()));
    }

    /** The checkpoints that stay until their user says otherwise. */
    public Set<Long> pinned() {
      return restorePoints.stream()
          .filter(CheckpointRecord::isPinned)
          .map(CheckpointRecord::id)
          .collect(Collectors.toSet());
    }

    /** What a job can go back to when it fails. */
    public List<CompletedSnapshot> completed() {
      return restorePoints.stream()
          .filter(CheckpointRecord::isForRecovery)
          .map(
              point ->
                  new CompletedSnapshot(
                      point.id(), point.ownership().isRemovable(), point.endedMillis()))
          .sorted(Comparator.comparingLong(CompletedSnapshot::checkpointId))
          .toList();
    }
  }

  private final JobDescription job;
  private final JobSettings settings;
  private final JobSurroundings surroundings;
  private final CheckpointStorage storage;

  public JobStart(
      JobDescription job,
      JobSettings settings,
      JobSurroundings surroundings,
      CheckpointStorage storage) {
    this.job = job;
    this.settings = settings;
    this.surroundings = surroundings;
    this.storage = storage;
  }

  /**
   * Takes the lease, chooses what to restore and begins an attempt in the catalog.
   *
   * @param damaged snapshots that cannot be used: why, by path
   * @param first whether this process starts the job for the first time: then it removes what a
   *     crash has left
   */
  public Prepared prepare(Map<String, String> damaged, boolean first)
      throws CatalogException, LeaseHeldException, IOException, Restorer.RestoreRefusedException {
    JobCatalog catalog = surroundings.catalog();
    long now = surroundings.clock().nowMillis();
    long token =
        catalog.lease(
            job.id(),
            surroundings.owner(),
            OptionalLong.empty(),
            now,
            now + JobLease.DURATION_MILLIS);
    List<StoredCheckpoint> stored = storage.checkpoints();
    Map<Long, Set<String>> sharedFiles = Map.of();
    if (first) {
      new UnrecordedCheckpoints(job, catalog, storage).record(stored, token, now);
      removeLeftovers();
      storage.backup().ifPresent(LocalBackup::removeUnfinished);
      sharedFiles = SharedStateFiles.takeStock(catalog.restorePoints(job.id()), storage);
    }
    Restorer.Restored restored = new Restorer(job, settings, catalog, storage).restore(damaged);
    for (CheckpointRecord each : restored.adopted()) {
      catalog.snapshotAdopted(each);
    }
    RestorePoint point = restored.point();
    AttemptRecord attempt =
        catalog.attemptStarted(
            new AttemptRecord(
                job.id(),
                0,
                now,
                -1,
                restored.state().checkpointId(),
                point == null ? null : point.path(),
                point != null && point.kind() == SnapshotKind.SAVEPOINT,
                restored.why()));
    return new Prepared(
        restored,
        attempt,
        token,
        Math.max(catalog.nextCheckpointId(job.id()), newestOf(stored) + 1),
        catalog.restorePoints(job.id()),
        sharedFiles,
        first && settings.savepointPolicy().isPresent() ? savepointTriedMillis(now) : now);
  }

  private long savepointTriedMillis(long now) throws CatalogException {
    OptionalLong last = surroundings.catalog().lastScheduledSavepoint(job.id());
    return last.isPresent()
        ? last.getAsLong()
        : surroundings.catalog().job(job.id()).map(JobRecord::submittedMillis).orElse(now);
  }

  /** Of checkpoints that were in progress, or given up, when the process before this one ended. */
  private void removeLeftovers() throws CatalogException {
    SnapshotDisposal disposal = new SnapshotDisposal(job, surroundings.catalog(), storage);
    for (CheckpointRecord left : surroundings.catalog().leftovers(job.id())) {
      disposal.leftOver(left, surroundings.clock().nowMillis());
    }
  }

  /**
   * The catalog may be younger than the storage, if it had to be restored; an id must not be used
   * twice all the same.
   */
  private static long newestOf(List<StoredCheckpoint> stored) {
    return stored.stream().mapToLong(StoredCheckpoint::checkpointId).max().orElse(0);
  }
}
