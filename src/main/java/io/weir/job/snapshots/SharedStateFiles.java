package io.weir.job.snapshots;

import io.weir.checkpoint.SharedFiles;
import io.weir.job.description.JobDescription;
import io.weir.job.history.CheckpointRecord;
import io.weir.job.surroundings.JobSurroundings;
import io.weir.snapshot.CorruptStateException;
import io.weir.snapshot.SnapshotMetadata;
import io.weir.storage.CheckpointStorage;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that several checkpoints of a job share: removes each when the last checkpoint that
 * refers to it has gone. Used by the job's actor alone, except the static methods, which wait for
 * storage.
 */
public final class SharedStateFiles {
  private static final Logger LOG = LoggerFactory.getLogger(SharedStateFiles.class);

  private final JobDescription job;
  private final JobSurroundings surroundings;
  private final CheckpointStorage storage;
  private final SharedFiles files = new SharedFiles();

  /**
   * Counts from what is retained when the job starts.
   *
   * @param completed the shared files of the completed checkpoints, by checkpoint
   */
  public SharedStateFiles(
      JobDescription job,
      JobSurroundings surroundings,
      CheckpointStorage storage,
      Map<Long, Set<String>> completed) {
    this.job = job;
    this.surroundings = surroundings;
    this.storage = storage;
    completed.forEach(files::completed);
  }

  /**
   * Reads which shared files the completed checkpoints refer to, and removes those that none does.
   * To be called before the job takes checkpoints. Removes nothing if a checkpoint cannot be read:
   * who knows what it refers to.
   *
   * @param restorePoints newest first
   */
  public static Map<Long, Set<String>> takeStock(
      List<CheckpointRecord> restorePoints, CheckpointStorage storage) throws IOException {
    Map<Long, Set<String>> found = new TreeMap<>();
    boolean complete = true;
    for (CheckpointRecord point : restorePoints) {
      if (point.type().isSavepoint()) {
        continue;
      }
      try {
        SnapshotMetadata metadata = storage.read(point.path());
        if (found.isEmpty()) {
          storage.resumed(metadata);
        }
        found.put(point.id(), storage.sharedFiles(metadata));
      } catch (NoSuchFileException e) {
        // its removal was interrupted, unless the newest is missing too: then storage is
        complete &= !found.isEmpty();
      } catch (CorruptStateException e) {
        complete = false;
      }
    }
    if (complete) {
      Set<String> referenced = new HashSet<>();
      found.values().forEach(referenced::addAll);
      storage.remove(storage.sharedOrphans(referenced));
    } else {
      LOG.warn(
          "Shared files below {} are kept, whether they are needed or not, because not every checkpoint could be read",
          storage.path());
    }
    return found;
  }

  public void started(long checkpointId) {
    files.started(checkpointId);
  }

  public void completed(SnapshotMetadata metadata) {
    removeLater(files.completed(metadata.checkpointId(), storage.sharedFiles(metadata)));
  }

  public void aborted(long checkpointId) {
    removeLater(files.aborted(checkpointId));
  }

  /** A completed checkpoint is given up; the files that are to be removed with it. */
  public Set<String> discarded(long checkpointId) {
    return files.discarded(checkpointId);
  }

  /** Waits for storage. */
  private void remove(Set<String> unneeded) {
    try {
      storage.discardShared(unneeded);
    } catch (IOException e) {
      LOG.warn(
          "{} shared files of job '{}' could not be removed; they will be when the job starts the next time: {}",
          unneeded.size(),
          job.name(),
          e.getMessage());
    }
  }

  private void removeLater(Set<String> unneeded) {
    if (!unneeded.isEmpty()) {
      surroundings.blocking().execute(() -> remove(unneeded));
    }
  }
}
