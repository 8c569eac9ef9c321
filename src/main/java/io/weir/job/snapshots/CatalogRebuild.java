package io.weir.job.snapshots;

import io.weir.api.environment.JobStatus;
import io.weir.config.CheckpointingOptions;
import io.weir.config.Configuration;
import io.weir.job.history.CheckpointRecord;
import io.weir.job.history.DecisionRecord;
import io.weir.job.history.JobRecord;
import io.weir.job.history.Ownership;
import io.weir.job.surroundings.CatalogException;
import io.weir.job.surroundings.JobCatalog;
import io.weir.job.surroundings.JobNameTakenException;
import io.weir.job.surroundings.JobSurroundings;
import io.weir.restore.RebuiltJob;
import io.weir.snapshot.CheckpointType;
import io.weir.snapshot.CorruptStateException;
import io.weir.snapshot.JobId;
import io.weir.snapshot.SnapshotKind;
import io.weir.snapshot.SnapshotMetadata;
import io.weir.storage.SnapshotListing;
import io.weir.storage.SnapshotReader;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes into the catalog what storage alone tells of jobs, after the catalog's database was lost:
 * each job with the snapshots that it has left. The youngest run of a name is suspended then, and
 * goes on when it is started by its name. Starts nothing, changes nothing that the catalog knows,
 * and may be repeated, also after it was broken off. May block.
 */
public final class CatalogRebuild {
  private static final Logger LOG = LoggerFactory.getLogger(CatalogRebuild.class);

  private final JobSurroundings surroundings;
  private final JobCatalog catalog;
  private final List<String> notes = new ArrayList<>();
  private final List<String> added = new ArrayList<>();

  public CatalogRebuild(JobSurroundings surroundings) {
    this.surroundings = surroundings;
    this.catalog = surroundings.catalog();
  }

  /** Reads the snapshots in these directories, and writes what is missing. */
  public RebuildReport run(Collection<String> directories) throws CatalogException {
    List<RebuiltJob.Snapshot> found = new ArrayList<>();
    for (String directory : directories) {
      try {
        for (String path : SnapshotListing.below(surroundings.storages(), directory)) {
          read(path, directory).ifPresent(found::add);
        }
      } catch (IOException e) {
        notes.add(directory + " could not be searched: " + e.getMessage());
      }
    }
    List<RebuiltJob> jobs = RebuiltJob.of(found);
    Set<JobId> ids = jobs.stream().map(RebuiltJob::id).collect(Collectors.toSet());
    for (RebuiltJob job : jobs) {
      take(job, ids);
    }
    LOG.info("Rebuilt the catalog from {}: {}, {}", directories, added, notes);
    return new RebuildReport(List.copyOf(directories), found.size(), added, notes);
  }

  private Optional<RebuiltJob.Snapshot> read(String path, String directory) {
    try {
      SnapshotMetadata metadata = new SnapshotReader(surroundings.storages()).read(path);
      return Optional.of(
          new RebuiltJob.Snapshot(
              path,
              directory,
              metadata.job(),
              metadata.jobName(),
              metadata.checkpointId(),
              metadata.kind(),
              metadata.timestampMillis(),
              metadata.sizeBytes()));
    } catch (CorruptStateException | NoSuchFileException e) {
      notes.add(path + " cannot be read: " + e.getMessage());
    } catch (IOException e) {
      notes.add(path + " could not be read now, try again: " + e.getMessage());
    }
    return Optional.empty();
  }

  private void take(RebuiltJob job, Set<JobId> found) throws CatalogException {
    long now = surroundings.clock().nowMillis();
    Optional<JobRecord> known = catalog.job(job.id());
    if (known.isEmpty()) {
      if (isNameInUse(job, found)) {
        return;
      }
      try {
        known =
            Optional.of(catalog.register(job.id(), job.name(), configuration(job).toMap(), now));
      } catch (JobNameTakenException e) {
        notes.add(notTaken(job, e.getMessage()));
        return;
      }
    }
    int missing = addSnapshots(job);
    boolean isNew = known.get().status() == JobStatus.CREATED && neverRan(job.id());
    if (isNew) {
      JobStatus status = job.isToGoOn() ? JobStatus.SUSPENDED : JobStatus.CANCELED;
      String why =
          job.isToGoOn()
              ? "found in storage; it goes on when it is started by its name"
              : "found in storage; it is a run of the past";
      catalog.statusChanged(job.id(), status, why, now);
    }
    if (isNew || missing > 0) {
      String what =
          "job '%s' (%s), %s, with %d of its snapshots; the newest is %s"
              .formatted(
                  job.name(),
                  job.id(),
                  catalog.job(job.id()).orElseThrow().status(),
                  missing,
                  job.snapshots().get(0).path());
      catalog.decided(
          new DecisionRecord(job.id(), now, "rebuild catalog", "Found in storage: " + what + "."));
      added.add(what);
    }
  }

  private boolean neverRan(JobId job) throws CatalogException {
    return catalog.attempts(job, 1).isEmpty();
  }

  /** By a job of which storage tells nothing: nobody knows which of the two is older. */
  private boolean isNameInUse(RebuiltJob job, Set<JobId> found) throws CatalogException {
    for (JobRecord other : catalog.jobs()) {
      if (other.name().equals(job.name()) && !found.contains(other.id())) {
        notes.add(
            notTaken(
                job,
                "The catalog knows job %s of this name, which is %s."
                    .formatted(other.id(), other.status())));
        return true;
      }
    }
    return false;
  }

  private static String notTaken(RebuiltJob job, String why) {
    return "Job '%s' (%s) was not taken up: %s To begin a run with what it has left, start the job from %s."
        .formatted(job.name(), job.id(), why, job.snapshots().get(0).path());
  }

  private static Configuration configuration(RebuiltJob job) {
    RebuiltJob.Snapshot newest = job.snapshots().get(0);
    boolean hasOwnDirectory = newest.path().contains("/" + job.id() + "/");
    return new Configuration()
        .set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, newest.directory())
        .set(
            CheckpointingOptions.CREATE_CHECKPOINT_SUB_DIR,
            hasOwnDirectory || newest.kind() == SnapshotKind.SAVEPOINT);
  }

  /** How many the catalog did not know. */
  private int addSnapshots(RebuiltJob job) throws CatalogException {
    int missing = 0;
    for (RebuiltJob.Snapshot each : job.snapshots()) {
      if (catalog.checkpoint(job.id(), each.checkpointId()).isEmpty()) {
        CheckpointType type =
            each.kind() == SnapshotKind.SAVEPOINT
                ? CheckpointType.SAVEPOINT
                : CheckpointType.CHECKPOINT;
        catalog.snapshotAdopted(
            CheckpointRecord.found(
                job.id(),
                each.checkpointId(),
                type,
                each.timestampMillis(),
                each.path(),
                each.sizeBytes(),
                Ownership.of(type)));
        missing++;
      }
    }
    return missing;
  }
}
