package io.weir.storage;

import io.weir.snapshot.CorruptStateException;
import io.weir.snapshot.MetadataCodec;
import io.weir.snapshot.SnapshotMetadata;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;

/** The checkpoints of a job that has ended, and the files that they share. */
final class NeighbouringCheckpoints {
  private static final RelativePath SHARED = RelativePath.of(MetadataCodec.SHARED_DIRECTORY);

  private final ObjectStorage directory;
  private final SnapshotReader reader;

  /**
   * @param directory of the job
   */
  NeighbouringCheckpoints(ObjectStorage directory, SnapshotReader reader) {
    this.directory = directory;
    this.reader = reader;
  }

  /** What the locations of shared files begin with. */
  String shared() {
    return directory.locationOf(SHARED) + "/";
  }

  /**
   * The shared files to which a checkpoint refers and no other one does; none if another one cannot
   * be read: who knows what it refers to.
   */
  Set<RelativePath> sharedOnlyBy(String name, SnapshotMetadata metadata) throws IOException {
    Set<String> files = SnapshotRemoval.filesOf(metadata);
    files.removeIf(file -> !file.startsWith(shared()));
    if (files.isEmpty()) {
      return Set.of();
    }
    for (String other : directory.children(RelativePath.ROOT)) {
      RelativePath path = RelativePath.of(other);
      if (!other.equals(name)
          && StoragePaths.checkpointIdOf(other).isPresent()
          && directory.length(StoragePaths.metadata(path)).isPresent()) {
        try {
          files.removeAll(SnapshotRemoval.filesOf(reader.read(directory.locationOf(path))));
        } catch (CorruptStateException e) {
          return Set.of();
        }
      }
    }
    Set<RelativePath> paths = new TreeSet<>();
    for (String file : files) {
      paths.add(SHARED.resolve(file.substring(shared().length())));
    }
    return paths;
  }
}
