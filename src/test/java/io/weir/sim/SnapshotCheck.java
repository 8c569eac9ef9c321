package io.weir.sim;

import io.weir.api.environment.JobStatus;
import io.weir.job.CatalogException;
import io.weir.job.JobCatalog;
import io.weir.job.history.CheckpointRecord;
import io.weir.job.history.CheckpointStatus;
import io.weir.job.history.JobRecord;
import io.weir.snapshot.OperatorState;
import io.weir.snapshot.SnapshotMetadata;
import io.weir.snapshot.StateHandle;
import io.weir.snapshot.SubtaskState;
import io.weir.storage.SnapshotReader;
import io.weir.testkit.InMemoryStorage;
import io.weir.testkit.StorageFaults;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * While a job has not ended, the newest completed checkpoints, as many as are to be kept, can be
 * read with all they refer to.
 */
final class SnapshotCheck {
  private final World world;
  private final InMemoryStorage disk;
  private final JobCatalog catalog;
  private final int retained;
  private boolean hasChanged;

  SnapshotCheck(World world, InMemoryStorage disk, JobCatalog catalog, int retained) {
    this.world = world;
    this.disk = disk;
    this.catalog = catalog;
    this.retained = retained;
  }

  /** Something has happened to storage or catalog. */
  void changed() {
    hasChanged = true;
  }

  /**
   * Looks, if something has happened.
   *
   * @param faults what is to be set back afterwards
   */
  void run(StorageFaults faults) {
    if (!hasChanged) {
      return;
    }
    hasChanged = false;
    disk.setFaults(StorageFaults.NONE);
    try {
      List<JobRecord> newestFirst = catalog.jobs();
      for (JobRecord job : newestFirst) {
        // what a failed run has left belongs to the run behind it
        boolean isLeft = job.status() == JobStatus.FAILED && job.equals(newestFirst.get(0));
        if (!job.status().isGloballyTerminalState() || isLeft) {
          check(job);
        }
      }
    } catch (CatalogException e) {
      throw new IllegalStateException(e);
    } finally {
      disk.setFaults(faults);
    }
  }

  private void check(JobRecord job) throws CatalogException {
    List<CheckpointRecord> kept =
        catalog.checkpoints(job.id(), Integer.MAX_VALUE).stream()
            .filter(checkpoint -> checkpoint.status() == CheckpointStatus.COMPLETED)
            .limit(retained)
            .toList();
    for (CheckpointRecord checkpoint : kept) {
      if (checkpoint.isDiscarded()) {
        world.violated("checkpoint " + checkpoint.id() + " is needed, but has been discarded");
      } else {
        read(checkpoint);
      }
    }
  }

  private void read(CheckpointRecord checkpoint) {
    SnapshotReader reader = new SnapshotReader(disk.storages());
    try {
      SnapshotMetadata metadata = reader.read(checkpoint.path());
      for (OperatorState operator : metadata.operators()) {
        for (SubtaskState subtask : operator.subtasks().values()) {
          for (StateHandle piece : subtask.pieces()) {
            drain(reader, piece);
          }
        }
      }
    } catch (IOException e) {
      world.violated("checkpoint " + checkpoint.id() + " is complete, but cannot be read: " + e);
    }
  }

  private static void drain(SnapshotReader reader, StateHandle handle) throws IOException {
    try (InputStream in = reader.open(handle)) {
      in.readAllBytes();
    }
  }
}
