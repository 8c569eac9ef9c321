package io.weir.storage;

import io.weir.snapshot.JobId;
import io.weir.snapshot.SnapshotMetadata;
import io.weir.snapshot.StateReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Keeps the checkpoints and savepoints of one job. Safe for use by several threads.
 *
 * <p>A snapshot is known by its path: the URI of its directory. Where a path is taken, that of its
 * {@code _metadata}, or a plain path of a local directory, does as well.
 */
public final class CheckpointStorage {
  private final ObjectStorages storages;
  private final CheckpointStorageSettings settings;
  private final JobId job;
  private final Supplier<UUID> names;
  private final ObjectStorage root;
  private final StoragePaths paths;
  private final SnapshotReader reader;
  private final MergedSpace space;

  /** Null if there is none. */
  private final LocalBackup backup;

  /**
   * Does no I/O.
   *
   * @param names of files; never the same twice, safe for use by several threads
   * @throws UnusableStorageException if the directory is no location, or no provider serves its
   *     scheme
   */
  public CheckpointStorage(
      ObjectStorages storages, CheckpointStorageSettings settings, JobId job, Supplier<UUID> names)
      throws UnusableStorageException {
    this(storages, settings, job, names, /* backup= */ null, /* space= */ null);
  }

  private CheckpointStorage(
      ObjectStorages storages,
      CheckpointStorageSettings settings,
      JobId job,
      Supplier<UUID> names,
      LocalBackup backup,
      MergedSpace space)
      throws UnusableStorageException {
    this.storages = storages;
    this.settings = settings;
    this.job = job;
    this.names = names;
    this.root = storages.at(settings.directory());
    this.paths = StoragePaths.of(job, settings.subdirectoryPerJob());
    this.reader = new SnapshotReader(storages);
    this.backup = backup;
    this.space =
        space == null
            ? new MergedSpace(sharedPrefix(), settings.merging().maxSpaceAmplification())
            : space;
  }

  /** The same, with second copies of the checkpoints' state. */
  public CheckpointStorage with(LocalBackup copies) throws UnusableStorageException {
    return new CheckpointStorage(storages, settings, job, names, copies, space);
  }

  /** The second copies, if there are any. */
  public Optional<LocalBackup> backup() {
    return Optional.ofNullable(backup);
  }

  /** The URI of the directory with the job's checkpoints. */
  public String path() {
    return root.locationOf(paths.job());
  }

  /** The path that a checkpoint has, or would have. */
  public String pathOf(long checkpointId) {
    return root.locationOf(paths.checkpoint(checkpointId));
  }

  /**
   * Writes, finds, reads and removes a file in the root of the checkpoints.
   *
   * @throws UnusableStorageException if one of these fails; the message says what, why and what to
   *     do
   */
  public void probe() throws UnusableStorageException {
    StorageProbe.run(root, names.get());
  }

  /** Begins a checkpoint; does no I/O. */
  public CheckpointLocation begin(long checkpointId) {
    return begin(checkpointId, 0);
  }

  /**
   * Begins a checkpoint; does no I/O.
   *
   * @param subtasks how many will write to it and say when they have written all
   */
  public CheckpointLocation begin(long checkpointId, int subtasks) {
    return new CheckpointLocation(
        root,
        paths.checkpoint(checkpointId),
        paths.shared(),
        settings,
        names,
        backup == null ? null : backup.begin(checkpointId),
        subtasks,
        space.wasteful());
  }

  /** A checkpoint of this job is complete, and the newest that is. */
  public void completed(SnapshotMetadata newest) {
    space.completed(newest, Map.of());
  }

  /** The job is about to go on; this is its newest completed checkpoint. Waits for storage. */
  public void resumed(SnapshotMetadata newest) throws IOException {
    Map<String, Long> sizes = new HashMap<>();
    if (newest.stored().stream().anyMatch(space::isMerged)) {
      for (StoredObject file : root.list(paths.shared())) {
        sizes.put(root.locationOf(file.path()), file.sizeBytes());
      }
    }
    space.completed(newest, sizes);
  }

  /**
   * Begins a savepoint in a directory of its own; does no I/O.
   *
   * @param targetDirectory in which that directory is to be: a URI or a plain path
   * @throws UnusableStorageException if that is no location
   */
  public CheckpointLocation beginSavepoint(String targetDirectory) throws UnusableStorageException {
    RelativePath directory = StoragePaths.savepoint(job, names.get());
    return new CheckpointLocation(storages.at(targetDirectory), directory, settings, names);
  }

  /**
   * Reads the metadata of a snapshot, of this job or another.
   *
   * @throws io.weir.snapshot.CorruptStateException if it is damaged
   * @throws java.nio.file.NoSuchFileException if there is no snapshot; the message says what is
   *     missing
   */
  public SnapshotMetadata read(String path) throws IOException {
    return reader.read(path);
  }

  /** Reads the state behind the handles of any snapshot. */
  public StateReader reader() {
    return backup == null ? reader : backup.reader(reader);
  }

  /** The completed checkpoints of the job in storage, newest first. */
  public List<StoredCheckpoint> checkpoints() throws IOException {
    List<StoredCheckpoint> found = new ArrayList<>();
    for (String name : root.children(paths.job())) {
      OptionalLong id = StoragePaths.checkpointIdOf(name);
      if (id.isPresent()
          && root.length(StoragePaths.metadata(paths.checkpoint(id.getAsLong()))).isPresent()) {
        found.add(new StoredCheckpoint(id.getAsLong(), pathOf(id.getAsLong())));
      }
    }
    found.sort(Comparator.comparingLong(StoredCheckpoint::checkpointId).reversed());
    return List.copyOf(found);
  }

  /**
   * Removes a checkpoint of this job with all its own files, whatever state it is in; one that is
   * not there is no mistake.
   */
  public void discard(long checkpointId) throws IOException {
    new SnapshotRemoval(root, paths.checkpoint(checkpointId)).removeAll();
  }

  /**
   * Removes all that is left of a savepoint that was not completed; if nothing is, that is no
   * mistake.
   *
   * @param path as {@link CheckpointLocation#path()} has given it
   */
  public void discardUnfinishedSavepoint(String path) throws IOException {
    SnapshotPath directory = SnapshotPath.of(path);
    if (!StoragePaths.isSavepoint(directory.name())) {
      throw new IOException(path + " is not the directory of a savepoint; nothing was removed");
    }
    SnapshotRemoval.of(storages, path).removeAll();
  }

  /**
   * Removes a completed snapshot anywhere: its metadata and its own files. Files that it shares
   * with others stay, and so does whatever else somebody has put in its directory.
   */
  public void discard(String path, SnapshotMetadata metadata) throws IOException {
    SnapshotRemoval.of(storages, path).removeOwned(metadata);
  }

  /**
   * Removes a completed snapshot of another job, which has ended: as {@link #discard(String,
   * SnapshotMetadata)} does, and also the files that it shares with no checkpoint beside it.
   */
  public void discardClaimed(String path, SnapshotMetadata metadata) throws IOException {
    SnapshotPath snapshot = SnapshotPath.of(path);
    NeighbouringCheckpoints neighbours =
        new NeighbouringCheckpoints(storages.at(snapshot.parent()), reader);
    boolean counted = neighbours.shared().equals(sharedPrefix());
    Set<RelativePath> shared =
        counted ? Set.of() : neighbours.sharedOnlyBy(snapshot.name(), metadata);
    discard(path, metadata);
    storages.at(snapshot.parent()).delete(shared);
  }

  /**
   * What is in the job's directory and belongs to nothing: checkpoints and shared files that are
   * not referenced and have not been written to for a while.
   *
   * @param referenced the paths of all checkpoints that are kept or in progress, and of all shared
   *     files that they refer to
   * @param grace how long something must have been left alone
   */
  public List<Orphan> orphans(Set<String> referenced, Duration grace, long nowMillis)
      throws IOException {
    return new OrphanFinder(root, paths).find(referenced, nowMillis - grace.toMillis());
  }

  /** The URI of something that was found. */
  public String locationOf(Orphan orphan) {
    return root.locationOf(orphan.path());
  }

  /** The files that the job's checkpoints share and to which a snapshot refers, by location. */
  public Set<String> sharedFiles(SnapshotMetadata metadata) {
    Set<String> files = SnapshotRemoval.filesOf(metadata);
    files.removeIf(file -> !file.startsWith(sharedPrefix()));
    return files;
  }

  /** Removes files that the job's checkpoints shared; what is gone already is no mistake. */
  public void discardShared(Collection<String> locations) throws IOException {
    List<RelativePath> files = new ArrayList<>();
    for (String location : locations) {
      files.add(paths.shared().resolve(location.substring(sharedPrefix().length())));
    }
    root.delete(files);
  }

  /**
   * The files among those that the job's checkpoints share to which none of these refers; only for
   * a time when no checkpoint is in progress.
   *
   * @param referenced locations of files
   */
  public List<Orphan> sharedOrphans(Set<String> referenced) throws IOException {
    return new OrphanFinder(root, paths).findShared(referenced);
  }

  private String sharedPrefix() {
    return root.locationOf(paths.shared()) + "/";
  }

  /** Removes what {@link #orphans} has found; what is gone already is no mistake. */
  public void remove(Collection<Orphan> orphans) throws IOException {
    for (Orphan orphan : orphans) {
      if (orphan.isDirectory()) {
        new SnapshotRemoval(root, orphan.path()).removeAll();
      } else {
        root.delete(List.of(orphan.path()));
      }
    }
  }
}
