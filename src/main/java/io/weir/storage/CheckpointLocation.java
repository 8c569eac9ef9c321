package io.weir.storage;

import io.weir.snapshot.MetadataCodec;
import io.weir.snapshot.SnapshotMetadata;
import io.weir.snapshot.StateHandle;
import io.weir.snapshot.StateOutput;
import io.weir.snapshot.StateWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Where one checkpoint or savepoint is being written. State is created by any thread; {@link
 * #publish} or {@link #discard} is called by the one that owns the snapshot.
 */
public final class CheckpointLocation implements StateWriter {
  private final ObjectStorage storage;
  private final RelativePath directory;

  /** Of the files that several checkpoints share; null where none may be shared. */
  private final RelativePath shared;

  private final CheckpointStorageSettings settings;
  private final Supplier<UUID> names;

  /** Null if there are to be none. */
  private final LocalCopies copies;

  /** What this snapshot has put among the shared files, or is about to. */
  private final Set<RelativePath> sharedFiles = ConcurrentHashMap.newKeySet();

  /** Written by the owner, once; read by every thread that writes state. */
  private volatile boolean discarded;

  CheckpointLocation(
      ObjectStorage storage,
      RelativePath directory,
      RelativePath shared,
      CheckpointStorageSettings settings,
      Supplier<UUID> names,
      LocalCopies copies) {
    this.storage = storage;
    this.directory = directory;
    this.shared = shared;
    this.settings = settings;
    this.names = names;
    this.copies = copies;
  }

  /** The URI of the directory. */
  public String path() {
    return storage.locationOf(directory);
  }

  @Override
  public StateOutput create() throws IOException {
    refuseIfDiscarded();
    return new InlineOrFileOutput(this, settings, this::newFile, /* source= */ null);
  }

  @Override
  public StateOutput createShared(Path source) throws IOException {
    if (shared == null) {
      return create();
    }
    refuseIfDiscarded();
    return new InlineOrFileOutput(this, settings, this::newSharedFile, source);
  }

  @Override
  public boolean mayRefer(StateHandle piece) {
    if (shared == null) {
      return false;
    }
    return !(piece instanceof StateHandle.InFile file)
        || file.location().startsWith(storage.locationOf(shared) + "/");
  }

  /**
   * Turns what has been written into a snapshot: writes its {@code _metadata}, which is durable,
   * and compared with what was meant, when this returns.
   *
   * @return the path of the snapshot
   * @throws FileAlreadyExistsException if another owner has published a snapshot here
   * @throws IOException if it failed; it is then unknown whether there is a snapshot, until {@link
   *     #discard()} has succeeded
   */
  public String publish(SnapshotMetadata metadata) throws IOException {
    refuseIfDiscarded();
    RelativePath file = StoragePaths.metadata(directory);
    byte[] content = MetadataCodec.encode(metadata, path() + "/");
    if (!storage.putIfAbsent(file, content)) {
      throw new FileAlreadyExistsException(
          storage.locationOf(file),
          null,
          "another owner of the job has already published a snapshot here; this one is not valid");
    }
    try (InputStream in = storage.open(file)) {
      if (!Arrays.equals(in.readNBytes(content.length + 1), content)) {
        throw new IOException(
            "What was written to "
                + storage.locationOf(file)
                + " reads back differently: the storage cannot be trusted.");
      }
    }
    return path();
  }

  /**
   * Gives the snapshot up and removes everything of it, now and when threads that are still writing
   * come to their end. May be called again, and must be if it failed.
   */
  public void discard() throws IOException {
    discarded = true;
    if (copies != null) {
      copies.discard();
    }
    new SnapshotRemoval(storage, directory).removeAll();
    storage.delete(Set.copyOf(sharedFiles));
  }

  boolean isDiscarded() {
    return discarded;
  }

  StorageOutput createFile(RelativePath file, Path source) throws IOException {
    StorageOutput output = storage.create(file);
    return copies == null ? output : copies.copied(file, output, source);
  }

  private RelativePath newFile() {
    return StoragePaths.stateFile(directory, names.get());
  }

  private RelativePath newSharedFile() {
    RelativePath file = StoragePaths.stateFile(shared, names.get());
    sharedFiles.add(file);
    return file;
  }

  StateHandle handleOf(RelativePath file, long length, int crc32c) {
    return new StateHandle.InFile(storage.locationOf(file), length, crc32c);
  }

  void refuseIfDiscarded() throws IOException {
    if (discarded) {
      throw new IOException(
          "The snapshot at " + path() + " has been given up; nothing more is written to it.");
    }
  }
}
