package io.weir.storage;

import io.weir.snapshot.SnapshotMetadata;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Removes a snapshot. The metadata goes first and alone: from then on it is no snapshot any more,
 * so a crash leaves an orphan and never one that looks complete but is not.
 */
public final class SnapshotRemoval {
  private final ObjectStorage storage;
  private final RelativePath directory;

  SnapshotRemoval(ObjectStorage storage, RelativePath directory) {
    this.storage = storage;
    this.directory = directory;
  }

  /**
   * Of the snapshot at a path.
   *
   * @throws UnusableStorageException if that is no location, or the root of a storage
   */
  public static SnapshotRemoval of(ObjectStorages storages, String path)
      throws UnusableStorageException {
    SnapshotPath snapshot = SnapshotPath.of(path);
    return new SnapshotRemoval(storages.at(snapshot.parent()), RelativePath.of(snapshot.name()));
  }

  /** Removes the directory with all that is in it. */
  void removeAll() throws IOException {
    storage.delete(List.of(StoragePaths.metadata(directory)));
    storage.deleteTree(directory);
  }

  /**
   * Removes the metadata and the files that only it refers to; the directory too, if nothing else
   * is in it.
   */
  public void removeOwned(SnapshotMetadata metadata) throws IOException {
    RelativePath metadataFile = StoragePaths.metadata(directory);
    Set<RelativePath> owned = new TreeSet<>();
    Set<String> referenced = filesOf(metadata);
    boolean others = false;
    for (StoredObject object : storage.list(directory)) {
      if (referenced.contains(storage.locationOf(object.path()))) {
        owned.add(object.path());
      } else {
        others |= !object.path().equals(metadataFile);
      }
    }
    if (!others) {
      removeAll();
    } else {
      storage.delete(List.of(metadataFile));
      storage.delete(owned);
    }
  }

  /** The locations of all files of state that a snapshot refers to. */
  static Set<String> filesOf(SnapshotMetadata metadata) {
    Set<String> files = new HashSet<>();
    metadata.stored().forEach(file -> files.add(file.location()));
    return files;
  }
}
