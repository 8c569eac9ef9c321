package io.weir.job.snapshots;

import io.weir.config.Configuration;
import io.weir.config.IllegalConfigurationException;
import io.weir.job.description.JobSettings;
import io.weir.job.history.CheckpointRecord;
import io.weir.job.history.CheckpointStatus;
import io.weir.job.history.JobRecord;
import io.weir.job.surroundings.CatalogException;
import io.weir.job.surroundings.JobCatalog;
import io.weir.job.surroundings.JobSurroundings;
import io.weir.snapshot.CorruptStateException;
import io.weir.snapshot.JobId;
import io.weir.snapshot.SnapshotMetadata;
import io.weir.storage.CheckpointStorage;
import io.weir.storage.ObjectStorage;
import io.weir.storage.Orphan;
import io.weir.storage.RelativePath;
import io.weir.storage.StoragePaths;
import io.weir.storage.UnusableStorageException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds what is in the directories of all jobs' checkpoints and belongs to nothing: catalog against
 * storage. Changes nothing. May block, for long on a large store.
 *
 * <p>What is there is listed first and what is needed is read afterwards, so that nothing can come
 * to be needed in between.
 */
public final class OrphanSearch {
  private final JobSurroundings surroundings;
  private final JobCatalog catalog;

  public OrphanSearch(JobSurroundings surroundings) {
    this.surroundings = surroundings;
    this.catalog = surroundings.catalog();
  }

  /** A directory with checkpoints of a job, or without a directory per job of all its runs. */
  private record Place(CheckpointStorage storage, String root, List<JobRecord> jobs) {}

  /** What the catalog knows. */
  private record Known(List<CheckpointRecord> retained, List<CheckpointRecord> unfinished) {

    boolean isInProgress(Place place) {
      return unfinished.stream()
          .anyMatch(
              each ->
                  each.status() == CheckpointStatus.IN_PROGRESS
                      && place.jobs().stream().anyMatch(job -> job.id().equals(each.job())));
    }

    long newestOf(Place place) {
      return retained.stream()
          .filter(each -> place.jobs().stream().anyMatch(job -> job.id().equals(each.job())))
          .mapToLong(CheckpointRecord::id)
          .max()
          .orElse(0);
    }
  }

  /**
   * Searches the directories of all jobs that the catalog knows.
   *
   * @param grace how long something must have been left alone
   */
  public OrphanReport search(Duration grace) throws CatalogException {
    List<OrphanReport.Found> found = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    Collection<Place> places = places(notes);
    for (Place place : places) {
      try {
        search(place, grace, found, notes);
      } catch (IOException e) {
        notes.add(place.storage().path() + " could not be searched: " + e.getMessage());
      }
    }
    strangers(places, notes);
    return new OrphanReport(found, notes);
  }

  private Collection<Place> places(List<String> notes) throws CatalogException {
    Map<String, Place> places = new TreeMap<>();
    for (JobRecord job : catalog.jobs()) {
      try {
        JobSettings settings = JobSettings.of(Configuration.fromMap(job.configuration()));
        CheckpointStorage storage =
            new CheckpointStorage(
                surroundings.storages(), settings.storage(), job.id(), surroundings.names());
        places
            .computeIfAbsent(
                storage.path(),
                path -> new Place(storage, settings.storage().directory(), new ArrayList<>()))
            .jobs()
            .add(job);
      } catch (UnusableStorageException | IllegalConfigurationException e) {
        notes.add(
            "The checkpoints of job '%s' (%s) could not be searched: %s"
                .formatted(job.name(), job.id(), e.getMessage()));
      }
    }
    return places.values();
  }

  private void search(
      Place place, Duration grace, List<OrphanReport.Found> found, List<String> notes)
      throws IOException, CatalogException {
    List<Orphan> listed =
        place.storage().orphans(Set.of(), grace, surroundings.clock().nowMillis());
    if (listed.isEmpty()) {
      return;
    }
    Known known = known();
    Optional<Set<String>> shared = sharedFiles(place, known, notes);
    Set<String> kept = new HashSet<>();
    known.retained().forEach(each -> kept.add(each.path()));
    known.unfinished().stream()
        .filter(each -> each.status() == CheckpointStatus.IN_PROGRESS)
        .forEach(each -> kept.add(each.path()));
    for (Orphan each : listed) {
      String location = place.storage().locationOf(each);
      boolean isNeeded =
          each.isDirectory()
              ? kept.contains(location)
              : shared.isEmpty() || shared.get().contains(location);
      if (!isNeeded) {
        String why =
            each.isDirectory()
                ? why(place, each, known, notes)
                : "No retained checkpoint refers to it.";
        if (why != null) {
          found.add(
              new OrphanReport.Found(
                  place.storage(), place.jobs().get(0).name(), location, each, why));
        }
      }
    }
  }

  /** In this order: what is completed in between is found as retained. */
  private Known known() throws CatalogException {
    List<CheckpointRecord> unfinished = new ArrayList<>();
    for (JobRecord job : catalog.jobs()) {
      unfinished.addAll(catalog.leftovers(job.id()));
    }
    return new Known(catalog.retained(), unfinished);
  }

  /** Empty if it cannot be told which are needed. */
  private Optional<Set<String>> sharedFiles(Place place, Known known, List<String> notes)
      throws IOException {
    if (known.isInProgress(place)) {
      notes.add(
          "Shared files in "
              + place.storage().path()
              + " were left alone: a checkpoint is in progress, which may need any of them.");
      return Optional.empty();
    }
    Set<String> needed = new HashSet<>();
    for (CheckpointRecord each : known.retained()) {
      if (each.path().startsWith(place.storage().path() + "/")) {
        try {
          SnapshotMetadata metadata = place.storage().read(each.path());
          needed.addAll(place.storage().sharedFiles(metadata));
        } catch (CorruptStateException | NoSuchFileException e) {
          notes.add(
              "Shared files in %s were left alone: what checkpoint %d refers to is not known. %s"
                  .formatted(place.storage().path(), each.id(), e.getMessage()));
          return Optional.empty();
        }
      }
    }
    return Optional.of(needed);
  }

  /** Why a checkpoint's directory belongs to nothing; null if it may do after all. */
  private String why(Place place, Orphan directory, Known known, List<String> notes)
      throws CatalogException {
    OptionalLong id = StoragePaths.checkpointIdOf(directory.path().name());
    CheckpointRecord row = null;
    for (JobRecord job : place.jobs()) {
      row = catalog.checkpoint(job.id(), id.orElseThrow()).orElse(row);
    }
    if (row != null) {
      return row.status() == CheckpointStatus.FAILED
          ? "The checkpoint came to nothing, and what was written for it could not be removed."
          : "The checkpoint was removed, but not all of it.";
    }
    if (id.getAsLong() > known.newestOf(place)) {
      notes.add(
          "%s was left alone: the catalog does not know it, but knows nothing newer of its job either. If the catalog was restored from an older copy, the job's next start takes it up."
              .formatted(place.storage().pathOf(id.getAsLong())));
      return null;
    }
    return "The catalog knows no checkpoint of this id.";
  }

  /** Jobs of another server, or of a catalog that was lost: theirs to remove. */
  private void strangers(Collection<Place> places, List<String> notes) throws CatalogException {
    Set<String> known = new HashSet<>();
    catalog.jobs().forEach(job -> known.add(job.id().toString()));
    Set<String> roots = new TreeSet<>();
    places.forEach(place -> roots.add(place.root()));
    for (String root : roots) {
      try {
        ObjectStorage storage = surroundings.storages().at(root);
        for (String name : storage.children(RelativePath.ROOT)) {
          if (isJob(name) && !known.contains(name)) {
            notes.add(
                storage.locationOf(RelativePath.of(name))
                    + " was left alone: it is of a job that the catalog does not know. If nobody else uses this directory, rebuild the catalog, or remove it by hand.");
          }
        }
      } catch (IOException e) {
        notes.add(root + " could not be searched: " + e.getMessage());
      }
    }
  }

  private static boolean isJob(String name) {
    try {
      return JobId.parse(name).toString().equals(name);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
