package io.weir.storage;

import io.weir.snapshot.CorruptStateException;
import io.weir.snapshot.MetadataCodec;
import io.weir.snapshot.SnapshotMetadata;
import io.weir.snapshot.StateHandle;
import io.weir.snapshot.StateReader;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.OptionalLong;

/**
 * Reads snapshots of any job, wherever they are, and verifies what it reads. Safe for use by
 * several threads.
 */
public final class SnapshotReader implements StateReader {
  /**
   * The longest {@code _metadata} that is read; one of this size holds hundreds of thousands of
   * pieces of state.
   */
  public static final int MAX_METADATA_BYTES = 1 << 29;

  private static final int BUFFER_BYTES = 64 << 10;

  private final ObjectStorages storages;

  public SnapshotReader(ObjectStorages storages) {
    this.storages = storages;
  }

  /**
   * The URI of a snapshot's directory, without a {@code /} at its end: how the catalog knows it.
   *
   * @param path its directory, or the {@code _metadata} in it
   * @throws UnusableStorageException if that is no location
   */
  public static String directoryOf(String path) throws UnusableStorageException {
    return SnapshotPath.of(path).toString();
  }

  /**
   * Reads the metadata of a snapshot.
   *
   * @param path its directory, or the {@code _metadata} in it
   * @throws CorruptStateException if it is damaged
   * @throws NoSuchFileException if there is no snapshot; the message says what is missing
   */
  public SnapshotMetadata read(String path) throws IOException {
    SnapshotPath snapshot = SnapshotPath.of(path);
    ObjectStorage storage = storages.at(snapshot.toString());
    RelativePath file = StoragePaths.metadata(RelativePath.ROOT);
    OptionalLong length = storage.length(file);
    if (length.isEmpty()) {
      throw missing(storage, snapshot);
    }
    if (length.getAsLong() > MAX_METADATA_BYTES) {
      throw new CorruptStateException(
          storage.locationOf(file)
              + " has "
              + length.getAsLong()
              + " bytes; no metadata of a snapshot has more than "
              + MAX_METADATA_BYTES
              + ".");
    }
    try (InputStream in = storage.open(file)) {
      return MetadataCodec.decode(
          in.readNBytes(MAX_METADATA_BYTES + 1), snapshot.directory().toString());
    } catch (CorruptStateException e) {
      throw new CorruptStateException(
          "The snapshot at " + snapshot + " is damaged: " + e.getMessage(), e);
    }
  }

  /** Whether anything at all is in the directory that the directory of a snapshot is in. */
  public boolean hasNeighbours(String path) throws IOException {
    return !storages.at(SnapshotPath.of(path).parent()).children(RelativePath.ROOT).isEmpty();
  }

  @Override
  public InputStream open(StateHandle handle) throws IOException {
    if (handle instanceof StateHandle.Inline inline) {
      return new ByteArrayInputStream(inline.bytes());
    }
    StateHandle.Stored stored = (StateHandle.Stored) handle;
    SnapshotPath path = new SnapshotPath(StorageLocation.directory(stored.location()));
    try {
      return new BufferedInputStream(
          VerifyingInputStream.of(storages.at(path.parent()), RelativePath.of(path.name()), stored),
          BUFFER_BYTES);
    } catch (NoSuchFileException e) {
      throw new CorruptStateException("The state file " + stored.location() + " is missing.", e);
    }
  }

  private static NoSuchFileException missing(ObjectStorage storage, SnapshotPath snapshot)
      throws IOException {
    List<String> children = storage.children(RelativePath.ROOT);
    List<String> checkpoints =
        children.stream().filter(name -> StoragePaths.checkpointIdOf(name).isPresent()).toList();
    String why;
    if (children.isEmpty()) {
      why = "there is no such directory, or it is empty";
    } else if (checkpoints.isEmpty()) {
      why = "it has no " + StoragePaths.METADATA + ", so it was not completed or is none";
    } else {
      why =
          "it is the directory of a job's checkpoints; name one of those in it: "
              + String.join(", ", checkpoints);
    }
    return new NoSuchFileException(snapshot.toString(), null, "not a snapshot: " + why);
  }
}
