package io.weir.storage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Finds the completed snapshots in a directory by their names alone. */
public final class SnapshotListing {
  private static final Pattern JOB = Pattern.compile("[0-9a-f]{32}");

  private SnapshotListing() {}

  /**
   * The paths of the checkpoints and savepoints in a directory, and of the checkpoints in the
   * directories of jobs in it.
   *
   * @throws UnusableStorageException if it is no location
   */
  public static List<String> below(ObjectStorages storages, String directory) throws IOException {
    ObjectStorage storage = storages.at(directory);
    List<String> found = new ArrayList<>();
    for (String name : storage.children(RelativePath.ROOT)) {
      if (JOB.matcher(name).matches()) {
        RelativePath job = RelativePath.of(name);
        for (String child : storage.children(job)) {
          addIfComplete(storage, job.resolve(child), found);
        }
      } else if (RelativePath.isValid(name)) {
        addIfComplete(storage, RelativePath.of(name), found);
      }
    }
    return found;
  }

  private static void addIfComplete(ObjectStorage storage, RelativePath path, List<String> found)
      throws IOException {
    boolean isSnapshot =
        StoragePaths.checkpointIdOf(path.name()).isPresent()
            || StoragePaths.isSavepoint(path.name());
    if (isSnapshot && storage.length(StoragePaths.metadata(path)).isPresent()) {
      found.add(storage.locationOf(path));
    }
  }
}
