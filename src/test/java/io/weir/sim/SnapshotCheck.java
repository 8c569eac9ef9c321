package io.weir.sim;

import io.weir.api.environment.JobStatus;
import io.weir.job.history.CheckpointRecord;
import io.weir.job.history.CheckpointStatus;
import io.weir.job.history.JobRecord;
import io.weir.job.history.Ownership;
import io.weir.job.surroundings.CatalogException;
import io.weir.job.surroundings.JobCatalog;
import io.weir.snapshot.OperatorState;
import io.weir.snapshot.SnapshotMetadata;
import io.weir.snapshot.StateHandle;
import io.weir.snapshot.SubtaskState;
import io.weir.storage.SnapshotReader;
import io.weir.testkit.InMemoryStorage;
import io.weir.testkit.StorageFault;
import io.weir.testkit.StorageFaults;
import io.weir.testkit.StorageOperation;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * While a job has not ended, the newest completed checkpoints, as many as are to be kept, can be
 * read with all they refer to; and so can the newest savepoints of its policy, also later.
 */
final class SnapshotCheck {
  private final World world;
  private final InMemoryStorage disk;
  private final JobCatalog catalog;
  private final int retained;
  private final int retainedScheduled;

  /** What was read of a snapshot, by file, when it was found to be well; by path. */
  private final Map<String, Map<String, Object>> found = new HashMap<>();

  /** The files that are being read. */
  private final Set<String> opened = new HashSet<>();

  /** Nobody expects them any more; by path. */
  private final Set<String> gone = new HashSet<>();

  private boolean hasChanged;

  /**
   * @param retained how many checkpoints have to be there
   * @param retainedScheduled how many of the savepoints that the job takes by itself
   */
  SnapshotCheck(
      World world, InMemoryStorage disk, JobCatalog catalog, int retained, int retainedScheduled) {
    this.world = world;
    this.disk = disk;
    this.catalog = catalog;
    this.retained = retained;
    this.retainedScheduled = retainedScheduled;
  }

  /** A snapshot was removed as it was wanted. */
  void isGone(String path) {
    gone.add(path);
  }

  /** Something has happened to storage or catalog. */
  void changed() {
    hasChanged = true;
  }

  /**
   * Looks, if something has happened.
   *
   * @return whether something has
   */
  boolean run() {
    if (!hasChanged) {
      return false;
    }
    hasChanged = false;
    StorageFaults faults = disk.faults();
    disk.setFaults(this::opens);
    try {
      List<JobRecord> newestFirst = catalog.jobs();
      for (JobRecord job : newestFirst) {
        // what a failed run has left belongs to the run behind it
        boolean isLeft = job.status() == JobStatus.FAILED && job.equals(newestFirst.get(0));
        if (!job.status().isGloballyTerminalState() || isLeft) {
          check(job);
        }
      }
      scheduled(newestFirst).stream().limit(retainedScheduled).forEach(this::check);
    } catch (CatalogException e) {
      throw new IllegalStateException(e);
    } finally {
      disk.setFaults(faults);
    }
    return true;
  }

  /** Of all runs, newest first. */
  private List<CheckpointRecord> scheduled(List<JobRecord> runs) throws CatalogException {
    List<CheckpointRecord> taken = new ArrayList<>();
    for (JobRecord run : runs) {
      catalog.checkpoints(run.id(), Integer.MAX_VALUE).stream()
          .filter(each -> each.status() == CheckpointStatus.COMPLETED)
          .filter(each -> each.ownership() == Ownership.POLICY)
          .forEach(taken::add);
    }
    taken.sort(Comparator.comparingLong(CheckpointRecord::triggeredMillis).reversed());
    return taken;
  }

  /** How many savepoints the job has taken by itself. */
  int countScheduled() {
    try {
      return scheduled(catalog.jobs()).size();
    } catch (CatalogException e) {
      throw new IllegalStateException(e);
    }
  }

  private void check(JobRecord job) throws CatalogException {
    List<CheckpointRecord> completed =
        catalog.checkpoints(job.id(), Integer.MAX_VALUE).stream()
            .filter(checkpoint -> checkpoint.status() == CheckpointStatus.COMPLETED)
            .filter(CheckpointRecord::isForRecovery)
            .toList();
    completed.stream().limit(1).forEach(this::check);
    completed.stream()
        .filter(checkpoint -> checkpoint.ownership().isRemovable())
        .limit(retained)
        .forEach(this::check);
  }

  private void check(CheckpointRecord checkpoint) {
    if (gone.contains(checkpoint.path())) {
      return;
    }
    if (checkpoint.isDiscarded()) {
      world.violated("checkpoint " + checkpoint.id() + " is needed, but has been discarded");
    } else if (!isAsFound(checkpoint.path())) {
      String directory = checkpoint.path().substring(0, checkpoint.path().lastIndexOf('/') + 1);
      for (String file : read(checkpoint.path())) {
        if (!file.startsWith(directory)) {
          world.violated("checkpoint " + checkpoint.id() + " needs " + file + ", not its job's");
        }
      }
    }
  }

  /** The files of a snapshot. */
  Set<String> filesOf(String path) {
    StorageFaults faults = disk.faults();
    disk.setFaults(this::opens);
    try {
      return read(path);
    } finally {
      disk.setFaults(faults);
    }
  }

  private StorageFault opens(StorageOperation operation, String location) {
    if (operation == StorageOperation.OPEN) {
      opened.add(location);
    }
    return StorageFault.NONE;
  }

  private Set<String> read(String path) {
    opened.clear();
    SnapshotReader reader = new SnapshotReader(disk.storages());
    try {
      SnapshotMetadata metadata = reader.read(path);
      for (OperatorState operator : metadata.operators()) {
        for (SubtaskState subtask : operator.subtasks().values()) {
          for (StateHandle piece : subtask.pieces()) {
            drain(reader, piece);
          }
        }
      }
      Map<String, Object> versions = new HashMap<>();
      opened.forEach(location -> versions.put(location, disk.version(location)));
      found.put(path, versions);
    } catch (IOException e) {
      world.violated("the snapshot at " + path + " is complete, but cannot be read: " + e);
    }
    return Set.copyOf(opened);
  }

  private boolean isAsFound(String path) {
    Map<String, Object> versions = found.get(path);
    return versions != null
        && versions.entrySet().stream()
            .allMatch(file -> disk.version(file.getKey()) == file.getValue());
  }

  private static void drain(SnapshotReader reader, StateHandle handle) throws IOException {
    try (InputStream in = reader.open(handle)) {
      in.readAllBytes();
    }
  }
}
