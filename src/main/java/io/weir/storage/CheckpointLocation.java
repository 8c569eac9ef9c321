package io.weir.storage;

import io.weir.snapshot.MetadataCodec;
import io.weir.snapshot.SnapshotMetadata;
import io.weir.snapshot.StateHandle;
import io.weir.snapshot.StateOutput;
import io.weir.snapshot.StateWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
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

  /** Merged files to which it does not refer, for too little of them is in use. */
  private final Set<String> wasteful;

  /** Null if each of its own pieces has a file for itself. */
  private final MergedFiles ownMerged;

  /** Null if each shared piece has a file for itself. */
  private final MergedFiles sharedMerged;

  /** What this snapshot has put among the shared files, or is about to. */
  private final Set<RelativePath> sharedFiles = ConcurrentHashMap.newKeySet();

  /** Written by the owner, once; read by every thread that writes state. */
  private volatile boolean discarded;

  /** Of a savepoint: nothing is shared, merged or copied. */
  CheckpointLocation(
      ObjectStorage storage,
      RelativePath directory,
      CheckpointStorageSettings settings,
      Supplier<UUID> names) {
    this.storage = storage;
    this.directory = directory;
    this.shared = null;
    this.settings = settings;
    this.names = names;
    this.copies = null;
    this.wasteful = Set.of();
    this.ownMerged = null;
    this.sharedMerged = null;
  }

  /**
   * Of a checkpoint.
   *
   * @param subtasks how many will say that they have written all they have
   * @param wasteful shared merged files to which it is not to refer
   */
  CheckpointLocation(
      ObjectStorage storage,
      RelativePath directory,
      RelativePath shared,
      CheckpointStorageSettings settings,
      Supplier<UUID> names,
      LocalCopies copies,
      int subtasks,
      Set<String> wasteful) {
    this.storage = storage;
    this.directory = directory;
    this.shared = shared;
    this.settings = settings;
    this.names = names;
    this.copies = copies;
    this.wasteful = wasteful;
    FileMerging merging = settings.merging();
    this.ownMerged =
        merging.enabled() ? new MergedFiles(this, this::newFile, merging, subtasks) : null;
    this.sharedMerged =
        merging.enabled() ? new MergedFiles(this, this::newSharedFile, merging, subtasks) : null;
  }

  /** The URI of the directory. */
  public String path() {
    return storage.locationOf(directory);
  }

  @Override
  public StateOutput create() throws IOException {
    refuseIfDiscarded();
    return new InlineOrFileOutput(
        this,
        settings,
        ownMerged == null ? () -> wholeFile(newFile(), /* source= */ null) : ownMerged::open);
  }

  @Override
  public StateOutput createShared(Path source) throws IOException {
    if (shared == null) {
      return create();
    }
    refuseIfDiscarded();
    boolean isMerged =
        sharedMerged != null && Files.size(source) < settings.merging().maxFileBytes();
    return new InlineOrFileOutput(
        this, settings, isMerged ? sharedMerged::open : () -> wholeFile(newSharedFile(), source));
  }

  private StateOutput wholeFile(RelativePath file, Path source) throws IOException {
    return new WholeFileOutput(this, file, createFile(file, source));
  }

  @Override
  public boolean isLocal() {
    return storage.isLocal();
  }

  @Override
  public void subtaskWritten() throws IOException {
    if (ownMerged != null) {
      ownMerged.subtaskWritten();
      sharedMerged.subtaskWritten();
    }
  }

  @Override
  public boolean mayRefer(StateHandle piece) {
    if (shared == null) {
      return false;
    }
    return !(piece instanceof StateHandle.Stored stored)
        || (stored.location().startsWith(storage.locationOf(shared) + "/")
            && !wasteful.contains(stored.location()));
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
    if (ownMerged != null) {
      ownMerged.complete();
      sharedMerged.complete();
    }
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
    try {
      release();
    } finally {
      removeFiles();
    }
  }

  /**
   * Nothing is written any more: lets go of what is open. What is durable stays; {@link #discard}
   * or the job's next start removes it.
   */
  public void release() throws IOException {
    if (ownMerged != null) {
      try {
        ownMerged.discard();
      } finally {
        sharedMerged.discard();
      }
    }
  }

  private void removeFiles() throws IOException {
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

  String locationOf(RelativePath file) {
    return storage.locationOf(file);
  }

  /** Removes what has become durable after the snapshot was given up, and says that it was. */
  void removeIfDiscarded() throws IOException {
    if (discarded) {
      discard();
      refuseIfDiscarded();
    }
  }

  void refuseIfDiscarded() throws IOException {
    if (discarded) {
      throw new IOException(
          "The snapshot at " + path() + " has been given up; nothing more is written to it.");
    }
  }
}
