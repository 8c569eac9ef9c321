package io.weir.storage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Looks through a job's directory for what nothing refers to. Names that Weir does not give are
 * left alone.
 */
final class OrphanFinder {
  private final ObjectStorage storage;
  private final StoragePaths paths;

  OrphanFinder(ObjectStorage storage, StoragePaths paths) {
    this.storage = storage;
    this.paths = paths;
  }

  /**
   * What is not referenced.
   *
   * @param referenced paths of checkpoints and of shared files
   * @param untilMillis what was written later is left alone
   */
  List<Orphan> find(Set<String> referenced, long untilMillis) throws IOException {
    Set<String> kept = new HashSet<>();
    for (String path : referenced) {
      kept.add(SnapshotPath.of(path).toString());
    }
    List<Orphan> orphans = new ArrayList<>();
    for (String name : storage.children(paths.job())) {
      OptionalLong id = StoragePaths.checkpointIdOf(name);
      if (id.isPresent() && !kept.contains(storage.locationOf(paths.checkpoint(id.getAsLong())))) {
        orphans.add(directory(paths.checkpoint(id.getAsLong())));
      }
    }
    orphans.addAll(findShared(kept));
    return orphans.stream().filter(orphan -> orphan.modifiedMillis() <= untilMillis).toList();
  }

  /**
   * The shared files that are not referenced.
   *
   * @param referenced locations of shared files, and whatever else
   */
  List<Orphan> findShared(Set<String> referenced) throws IOException {
    List<Orphan> orphans = new ArrayList<>();
    for (StoredObject file : storage.list(paths.shared())) {
      if (!referenced.contains(storage.locationOf(file.path()))) {
        orphans.add(new Orphan(file.path(), false, file.sizeBytes(), file.modifiedMillis()));
      }
    }
    return orphans;
  }

  private Orphan directory(RelativePath checkpoint) throws IOException {
    long sizeBytes = 0;
    long modifiedMillis = 0;
    for (StoredObject file : storage.list(checkpoint)) {
      sizeBytes += file.sizeBytes();
      modifiedMillis = Math.max(modifiedMillis, file.modifiedMillis());
    }
    return new Orphan(checkpoint, true, sizeBytes, modifiedMillis);
  }
}
