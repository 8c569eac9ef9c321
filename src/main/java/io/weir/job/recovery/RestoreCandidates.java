package io.weir.job.recovery;

import io.weir.api.environment.JobStatus;
import io.weir.config.Configuration;
import io.weir.config.RecoveryClaimMode;
import io.weir.config.StartFrom;
import io.weir.config.StateRecoveryOptions;
import io.weir.job.description.JobDescription;
import io.weir.job.description.JobSettings;
import io.weir.job.history.CheckpointRecord;
import io.weir.job.history.JobRecord;
import io.weir.job.history.Ownership;
import io.weir.job.recovery.Restorer.RestoreRefusedException;
import io.weir.job.surroundings.CatalogException;
import io.weir.job.surroundings.JobCatalog;
import io.weir.restore.PreviousRun;
import io.weir.restore.RestorePoint;
import io.weir.restore.Resumption;
import io.weir.snapshot.CheckpointType;
import io.weir.snapshot.CorruptStateException;
import io.weir.snapshot.SnapshotKind;
import io.weir.snapshot.SnapshotMetadata;
import io.weir.storage.CheckpointStorage;
import io.weir.storage.SnapshotReader;
import io.weir.storage.UnusableStorageException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a job may begin with: its own checkpoints; as long as it has none, the snapshot that is
 * asked for, or what earlier runs of its name have left. May block.
 */
final class RestoreCandidates {

  /**
   * What was found.
   *
   * @param points candidates
   * @param reason one sentence: why these
   * @param foreign those of them that become the job's by being chosen, as they will stand in the
   *     catalog; newest first
   */
  record Found(List<RestorePoint> points, String reason, List<CheckpointRecord> foreign) {

    /** What the job adopts with the chosen point: that, and what it takes over with it. */
    List<CheckpointRecord> adoptedWith(RestorePoint chosen) {
      return foreign.stream()
          .filter(
              each ->
                  each.path().equals(chosen.path())
                      || (each.ownership() == Ownership.CLAIMED
                          && each.id() < chosen.checkpointId()))
          .toList();
    }
  }

  private final JobDescription job;
  private final JobSettings settings;
  private final JobCatalog catalog;
  private final CheckpointStorage storage;
  private final Map<String, String> damaged;

  /**
   * @param damaged snapshots that turned out to be damaged while they were restored: why, by path
   */
  RestoreCandidates(
      JobDescription job,
      JobSettings settings,
      JobCatalog catalog,
      CheckpointStorage storage,
      Map<String, String> damaged) {
    this.job = job;
    this.settings = settings;
    this.catalog = catalog;
    this.storage = storage;
    this.damaged = damaged;
  }

  /**
   * Finds them.
   *
   * @param unrecorded the job's own checkpoints that the catalog does not know to be complete, and
   *     that are newer than those it knows; newest first
   */
  Found find(List<CheckpointRecord> unrecorded)
      throws CatalogException, IOException, RestoreRefusedException {
    List<CheckpointRecord> own =
        Stream.concat(unrecorded.stream(), catalog.restorePoints(job.id()).stream())
            .filter(CheckpointRecord::isForRecovery)
            .toList();
    if (!own.isEmpty()) {
      return new Found(points(own), "", List.of());
    }
    List<JobRecord> runs =
        catalog.jobs().stream()
            .filter(each -> each.name().equals(job.name()) && !each.id().equals(job.id()))
            .toList();
    if (settings.restorePath().isPresent() && settings.startFrom() == StartFrom.LATEST) {
      String path = settings.restorePath().get();
      if (!hasBeenUsed(path, runs)) {
        return at(path);
      }
    }
    return settings.startFrom() == StartFrom.PATH ? atConfiguredPath() : ofEarlierRuns(runs);
  }

  /** A run that was refused before its first attempt has used nothing. */
  private boolean hasBeenUsed(String path, List<JobRecord> runs) throws CatalogException {
    for (JobRecord run : runs) {
      boolean names =
          Configuration.fromMap(run.configuration())
              .getOptional(StateRecoveryOptions.SAVEPOINT_PATH)
              .filter(path::equals)
              .isPresent();
      if (names && !catalog.attempts(run.id(), 1).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private Found atConfiguredPath() throws CatalogException, IOException, RestoreRefusedException {
    return at(
        settings
            .restorePath()
            .orElseThrow(
                () ->
                    new RestoreRefusedException(
                        "Job '"
                            + job.name()
                            + "' is to begin with what is at a path ("
                            + StateRecoveryOptions.START_FROM.key()
                            + "), but "
                            + StateRecoveryOptions.SAVEPOINT_PATH.key()
                            + " names none.")));
  }

  private Found at(String path) throws CatalogException, IOException, RestoreRefusedException {
    SnapshotMetadata metadata;
    try {
      metadata = storage.read(path);
    } catch (CorruptStateException | NoSuchFileException | UnusableStorageException e) {
      throw new RestoreRefusedException(
          "Job '"
              + job.name()
              + "' cannot begin with "
              + path
              + ": "
              + e.getMessage()
              + " Name another snapshot in "
              + StateRecoveryOptions.SAVEPOINT_PATH.key()
              + ".");
    }
    String directory = SnapshotReader.directoryOf(path);
    boolean claims = settings.claimMode() == RecoveryClaimMode.CLAIM;
    if (claims) {
      refuseIfOwned(directory);
    }
    CheckpointRecord snapshot =
        CheckpointRecord.found(
            job.id(),
            metadata.checkpointId(),
            metadata.kind() == SnapshotKind.SAVEPOINT
                ? CheckpointType.SAVEPOINT
                : CheckpointType.CHECKPOINT,
            metadata.timestampMillis(),
            directory,
            metadata.sizeBytes(),
            claims ? Ownership.CLAIMED : Ownership.BORROWED);
    return new Found(
        points(List.of(snapshot)),
        "It was asked to begin with this ("
            + settings.claimMode()
            + (claims ? ": it is the job's now)." : ": it stays its owner's)."),
        List.of(snapshot));
  }

  /** Of two owners each would remove it. */
  private void refuseIfOwned(String directory) throws CatalogException, RestoreRefusedException {
    for (CheckpointRecord each : catalog.snapshotsAt(directory)) {
      JobRecord owner = catalog.job(each.job()).orElse(null);
      if (owner != null
          && each.ownership().isRemovable()
          && !owner.status().isGloballyTerminalState()) {
        throw new RestoreRefusedException(
            "Job '"
                + job.name()
                + "' cannot claim "
                + directory
                + ": it belongs to job '"
                + owner.name()
                + "', which is "
                + owner.status()
                + ". Use "
                + StateRecoveryOptions.RESTORE_MODE.key()
                + "=NO_CLAIM.");
      }
    }
  }

  private Found ofEarlierRuns(List<JobRecord> runs)
      throws CatalogException, RestoreRefusedException {
    List<List<CheckpointRecord>> left = new ArrayList<>();
    List<PreviousRun> previous = new ArrayList<>();
    for (JobRecord run : runs) {
      List<CheckpointRecord> records = leftBy(run);
      left.add(records);
      previous.add(
          new PreviousRun(
              "run " + run.id() + ", which is " + run.status(),
              run.status() == JobStatus.FINISHED,
              Configuration.fromMap(run.configuration()).get(StateRecoveryOptions.START_FROM)
                  == StartFrom.NOTHING,
              points(records)));
    }
    StartFrom from = settings.startFrom();
    Resumption resumption = Resumption.choose(previous, from);
    if (resumption.run().isEmpty()) {
      boolean isNamed = from == StartFrom.LATEST_CHECKPOINT || from == StartFrom.LATEST_SAVEPOINT;
      if (isNamed) {
        throw new RestoreRefusedException(
            "Job '"
                + job.name()
                + "' is to begin with "
                + from
                + ", but there is none. "
                + resumption.reason()
                + " Start it from LATEST or from NOTHING.");
      }
      return new Found(List.of(), resumption.reason(), List.of());
    }
    int run = resumption.run().getAsInt();
    boolean isCanceled = runs.get(run).status() == JobStatus.CANCELED;
    return new Found(
        resumption.points(),
        resumption.reason(),
        left.get(run).stream().map(each -> inherited(each, isCanceled)).toList());
  }

  /**
   * A run that has come to its end has got behind what it had begun with, and needs its own
   * checkpoints no more, even if they could not be removed.
   */
  private List<CheckpointRecord> leftBy(JobRecord run) throws CatalogException {
    return catalog.restorePoints(run.id()).stream()
        .filter(each -> run.status() != JobStatus.FINISHED || each.ownership().isOutside())
        .toList();
  }

  /** What a run that was cancelled has left, its user wanted to keep. */
  private CheckpointRecord inherited(CheckpointRecord left, boolean isCanceled) {
    boolean claims = left.ownership().isRemovable() && !isCanceled;
    return left.adoptedBy(job.id(), claims ? Ownership.CLAIMED : Ownership.BORROWED);
  }

  private List<RestorePoint> points(List<CheckpointRecord> records) {
    return records.stream()
        .map(
            record ->
                new RestorePoint(
                    record.id(),
                    record.path(),
                    record.triggeredMillis(),
                    record.type().isSavepoint() ? SnapshotKind.SAVEPOINT : SnapshotKind.CHECKPOINT,
                    damaged.getOrDefault(record.path(), record.damage())))
        .toList();
  }
}
