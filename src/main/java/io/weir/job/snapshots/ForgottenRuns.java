package io.weir.job.snapshots;

import io.weir.config.CheckpointingOptions;
import io.weir.config.StartFrom;
import io.weir.job.description.JobDescription;
import io.weir.job.description.JobSettings;
import io.weir.job.surroundings.CatalogException;
import io.weir.job.surroundings.JobSurroundings;
import io.weir.snapshot.CorruptStateException;
import io.weir.snapshot.SnapshotMetadata;
import io.weir.storage.SnapshotListing;
import io.weir.storage.SnapshotReader;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Runs of a job of which the catalog knows nothing, while storage holds what they have left: its
 * database is another one. A job must not begin anew beside that without being asked to. May block.
 */
public final class ForgottenRuns {
  private final JobSurroundings surroundings;

  public ForgottenRuns(JobSurroundings surroundings) {
    this.surroundings = surroundings;
  }

  /**
   * Does nothing if the catalog knows a run of this name, or the job is to begin with nothing or
   * with a certain snapshot.
   *
   * @throws RefusedException if a run has left checkpoints or savepoints where this one is to have
   *     its own
   */
  public void refuseIfThereAre(JobDescription job) throws CatalogException, RefusedException {
    JobSettings settings = JobSettings.of(job.configuration());
    boolean isToldHowToBegin =
        settings.startFrom() != StartFrom.LATEST || settings.restorePath().isPresent();
    if (isToldHowToBegin || surroundings.catalog().jobNamed(job.name()).isPresent()) {
      return;
    }
    Map<String, Long> left = new LinkedHashMap<>();
    for (String directory : directories(job, settings)) {
      addSnapshots(job.name(), directory, left);
    }
    Optional<String> newest =
        left.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
    if (newest.isPresent()) {
      throw new RefusedException(
          "The catalog knows no run of job '%s', but %d snapshots that one has left are there, the newest at %s. Its database is probably a new one, and the job does not begin anew by itself. To go on from there, run scripts/rebuild-catalog (POST /weir/v1/catalog/rebuild) and start the job by its name. To begin anew all the same, start it with {\"from\": \"nothing\"} (POST /weir/v1/jobs/%s/start), or give it another directory."
              .formatted(job.name(), left.size(), newest.get(), job.name()));
    }
  }

  private static Set<String> directories(JobDescription job, JobSettings settings) {
    Set<String> directories = new LinkedHashSet<>();
    job.configuration()
        .getOptional(CheckpointingOptions.CHECKPOINTS_DIRECTORY)
        .ifPresent(directories::add);
    settings.savepointDirectory().ifPresent(directories::add);
    return directories;
  }

  /** Adds those of this name, by path, with their times. */
  private void addSnapshots(String name, String directory, Map<String, Long> found)
      throws RefusedException {
    SnapshotReader reader = new SnapshotReader(surroundings.storages());
    try {
      for (String path : SnapshotListing.below(surroundings.storages(), directory)) {
        try {
          SnapshotMetadata metadata = reader.read(path);
          if (metadata.jobName().equals(name)) {
            found.put(path, metadata.timestampMillis());
          }
        } catch (CorruptStateException | NoSuchFileException e) {
          // whose it was it does not tell, and nothing could begin with it
        }
      }
    } catch (IOException e) {
      throw new RefusedException(
          "The catalog knows no run of job '%s', and %s cannot be searched for what one may have left: %s Start the job again when that is mended."
              .formatted(name, directory, e.getMessage()));
    }
  }
}
