package io.weir.storage;

import io.weir.snapshot.CorruptStateException;
import io.weir.snapshot.JobId;
import io.weir.snapshot.SnapshotMetadata;
import io.weir.snapshot.StateHandle;
import io.weir.snapshot.StateReader;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Second copies of one job's state files on local disks: of the newest completed checkpoint, and of
 * those in progress. A copy has the name of its file, so that it is found without a record of it.
 * It is used when length and checksum are those of the file; whatever goes wrong with it is in the
 * log and does no harm. Savepoints are not copied. Safe for use by several threads.
 */
public final class LocalBackup {
  private static final Logger LOG = LoggerFactory.getLogger(LocalBackup.class);
  private static final int BUFFER_BYTES = 64 << 10;

  private final List<ObjectStorage> disks;
  private final RelativePath directory;

  /** The names of the copies that checkpoints in progress have begun, by checkpoint. */
  private final Map<Long, Set<String>> inProgress = new ConcurrentHashMap<>();

  private final Set<StateHandle.Stored> readFromCopies = ConcurrentHashMap.newKeySet();
  private final Set<StateHandle.Stored> readFromStorage = ConcurrentHashMap.newKeySet();

  /** The newest completed checkpoint; used by whoever says what is complete. */
  private long newest = -1;

  /**
   * Does no I/O.
   *
   * @param localDisks serves them
   * @param directories at least one: URIs or plain paths; the copies are spread over them, each in
   *     a directory of the job's
   * @throws UnusableStorageException if one is no location
   */
  public LocalBackup(ObjectStorages localDisks, List<String> directories, JobId job)
      throws UnusableStorageException {
    List<ObjectStorage> opened = new ArrayList<>();
    for (String each : directories) {
      opened.add(localDisks.at(each));
    }
    this.disks = List.copyOf(opened);
    this.directory = RelativePath.of(job.toString());
  }

  /** The copies of a checkpoint that begins. */
  LocalCopies begin(long checkpointId) {
    return new LocalCopies(
        this, inProgress.computeIfAbsent(checkpointId, none -> ConcurrentHashMap.newKeySet()));
  }

  /** Reads copies where there are good ones, and what is stored where not. */
  StateReader reader(StateReader stored) {
    return new Reader(stored);
  }

  /**
   * A checkpoint is complete: only its copies are kept, and those of checkpoints that have begun
   * behind it. Waits for the disks. Not to be called by two threads at once.
   */
  public void completed(SnapshotMetadata metadata) {
    if (metadata.checkpointId() < newest) {
      return;
    }
    newest = metadata.checkpointId();
    for (ObjectStorage disk : disks) {
      try {
        // listed first: what is begun from now on is not in the list
        List<String> found = disk.children(directory);
        inProgress.keySet().removeIf(id -> id <= metadata.checkpointId());
        delete(disk, found, needed(metadata));
      } catch (IOException e) {
        LOG.warn(
            "Local copies below {} that are not needed could not be removed: {}",
            disk.locationOf(directory),
            e.getMessage());
      }
    }
  }

  private Set<String> needed(SnapshotMetadata metadata) {
    Set<String> needed = new HashSet<>();
    metadata.stored().forEach(file -> needed.add(nameOf(file)));
    inProgress.values().forEach(needed::addAll);
    return needed;
  }

  private void delete(ObjectStorage disk, List<String> found, Set<String> needed)
      throws IOException {
    List<RelativePath> unneeded = new ArrayList<>();
    for (String name : found) {
      if (StoragePaths.isStateFile(name) && !needed.contains(name)) {
        unneeded.add(directory.resolve(name));
      }
    }
    disk.delete(unneeded);
  }

  /**
   * Removes what a process that was killed has left of copies that it was writing; to be called
   * before the job begins. Waits for the disks.
   */
  public void removeUnfinished() {
    for (ObjectStorage disk : disks) {
      try {
        List<RelativePath> unfinished = new ArrayList<>();
        for (String name : disk.children(directory)) {
          if (!StoragePaths.isStateFile(name)) {
            unfinished.add(directory.resolve(name));
          }
        }
        disk.delete(unfinished);
      } catch (IOException e) {
        LOG.warn(
            "What is left of unfinished local copies in {} could not be removed: {}",
            disk.locationOf(directory),
            e.getMessage());
      }
    }
  }

  /** Removes all copies: the job has ended. Waits for the disks. */
  public void remove() {
    for (ObjectStorage disk : disks) {
      try {
        disk.deleteTree(directory);
      } catch (IOException e) {
        LOG.warn(
            "The local copies in {} could not be removed; remove the directory by hand: {}",
            disk.locationOf(directory),
            e.getMessage());
      }
    }
  }

  /**
   * Says from where the state files were read since this was asked last: one sentence, or nothing
   * if none was.
   */
  public Optional<String> takeReport() {
    Set<StateHandle.Stored> copies = take(readFromCopies);
    Set<StateHandle.Stored> stored = take(readFromStorage);
    if (copies.isEmpty() && stored.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        "state was read from "
            + files(copies)
            + " on the local disk and "
            + files(stored)
            + " in checkpoint storage");
  }

  private static Set<StateHandle.Stored> take(Set<StateHandle.Stored> files) {
    Set<StateHandle.Stored> taken = Set.copyOf(files);
    files.removeAll(taken);
    return taken;
  }

  private static String files(Set<StateHandle.Stored> files) {
    return files.stream().map(StateHandle.Stored::location).distinct().count()
        + " files ("
        + files.stream().mapToLong(StateHandle.Stored::length).sum()
        + " bytes)";
  }

  RelativePath pathOf(String name) {
    return directory.resolve(name);
  }

  ObjectStorage diskOf(String name) {
    return disks.get(Math.floorMod(name.hashCode(), disks.size()));
  }

  private static String nameOf(StateHandle.Stored file) {
    return file.location().substring(file.location().lastIndexOf('/') + 1);
  }

  private final class Reader implements StateReader {
    private final StateReader stored;

    Reader(StateReader stored) {
      this.stored = stored;
    }

    @Override
    public InputStream open(StateHandle handle) throws IOException {
      if (handle instanceof StateHandle.Stored file) {
        InputStream copy = openCopy(file);
        if (copy != null) {
          readFromCopies.add(file);
          return copy;
        }
        readFromCopies.remove(file);
        readFromStorage.add(file);
      }
      return stored.open(handle);
    }

    @Override
    public StateHandle.Stored nearest(StateHandle.Stored file) {
      String name = nameOf(file);
      if (!StoragePaths.isStateFile(name)) {
        return file;
      }
      ObjectStorage disk = diskOf(name);
      try {
        if (disk.length(pathOf(name)).isEmpty()) {
          return file;
        }
      } catch (IOException e) {
        unreadable(file, e);
        return file;
      }
      readFromCopies.add(file);
      return file.at(disk.locationOf(pathOf(name)));
    }

    /** Null if there is no copy that can be used. */
    private InputStream openCopy(StateHandle.Stored file) {
      String name = nameOf(file);
      if (!StoragePaths.isStateFile(name)) {
        return null;
      }
      ObjectStorage disk = diskOf(name);
      RelativePath path = pathOf(name);
      try {
        if (disk.length(path).isEmpty()) {
          return null;
        }
        // what has been given out cannot be taken back, so all of it is verified before
        try (InputStream copy = VerifyingInputStream.open(disk, path, file)) {
          if (!file.matches(copy)) {
            LOG.warn(
                "The local copy {} is damaged and is removed; the state is read from {}",
                disk.locationOf(path),
                file.location());
            disk.delete(List.of(path));
            return null;
          }
        }
        return new BufferedInputStream(
            new Verified(VerifyingInputStream.of(disk, path, file)), BUFFER_BYTES);
      } catch (IOException e) {
        unreadable(file, e);
        return null;
      }
    }

    private void unreadable(StateHandle.Stored file, IOException e) {
      LOG.warn(
          "The local copy of {} cannot be read; the state is read from there: {}",
          file.location(),
          e.getMessage());
    }
  }

  /** That a copy changes behind its verification says nothing about the checkpoint. */
  private static final class Verified extends FilterInputStream {
    Verified(InputStream copy) {
      super(copy);
    }

    @Override
    public int read() throws IOException {
      try {
        return super.read();
      } catch (CorruptStateException e) {
        throw changed(e);
      }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      try {
        return super.read(bytes, offset, length);
      } catch (CorruptStateException e) {
        throw changed(e);
      }
    }

    /** Without the cause, by which the checkpoint would count as damaged. */
    private static IOException changed(CorruptStateException e) {
      return new IOException("a local copy has changed while it was read: " + e.getMessage());
    }
  }
}
