package io.weir.sim;

import io.weir.testkit.InMemoryStorage;
import io.weir.testkit.StorageFault;
import io.weir.testkit.StorageFaults;
import io.weir.testkit.StorageOperation;

/** The faults of the storage, by the plan of the run. */
final class FaultyDisk implements StorageFaults {
  private static final String METADATA = "/_metadata";

  private final World world;
  private final InMemoryStorage disk;
  private final SnapshotCheck snapshots;

  FaultyDisk(World world, InMemoryStorage disk, SnapshotCheck snapshots) {
    this.world = world;
    this.disk = disk;
    this.snapshots = snapshots;
  }

  @Override
  public StorageFault on(StorageOperation operation, String location) {
    world.refuseIfCrashed();
    String where = operation + " of " + location.substring(location.lastIndexOf('/') + 1);
    world.log().detail(() -> "storage " + operation + " " + location);
    if (world.happens(FaultKind.STORAGE_CRASH, where)) {
      throw world.crash("in front of " + where);
    }
    if (operation == StorageOperation.DELETE || operation == StorageOperation.DELETE_TREE) {
      snapshots.changed();
    }
    if (world.has(PlantedBug.DELETED_BEFORE_PUBLISH)
        && operation == StorageOperation.CREATE
        && location.endsWith(METADATA)) {
      removeOthers(location);
    }
    if (world.has(PlantedBug.SYNC_SKIPPED)
        && (operation == StorageOperation.SYNC_CONTENT
            || operation == StorageOperation.SYNC_NAME)) {
      return StorageFault.LOST_SYNC;
    }
    if (world.happens(FaultKind.STORAGE_FAIL, where)) {
      return StorageFault.FAIL;
    }
    if (world.happens(FaultKind.STORAGE_FAIL_AFTER_EFFECT, where)) {
      return StorageFault.FAIL_AFTER_EFFECT;
    }
    if (operation == StorageOperation.OPEN
        && world.happens(FaultKind.STORAGE_CORRUPT_READ, where)) {
      return StorageFault.CORRUPT_READ;
    }
    return StorageFault.NONE;
  }

  /** Makes the metadata of all other checkpoints useless. */
  private void removeOthers(String location) {
    for (String other : disk.locations()) {
      if (other.endsWith(METADATA) && !other.equals(location)) {
        disk.overwrite(other, new byte[0]);
      }
    }
  }
}
