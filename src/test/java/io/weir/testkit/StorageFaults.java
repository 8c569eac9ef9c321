package io.weir.testkit;

/**
 * Decides what goes wrong. May throw {@link SimulatedCrash} to stop whatever is using the storage
 * in front of a step.
 */
@FunctionalInterface
public interface StorageFaults {
  /** Nothing goes wrong. */
  StorageFaults NONE = (operation, location) -> StorageFault.NONE;

  /**
   * Called in front of each step.
   *
   * @param location the URI of the object or directory
   */
  StorageFault on(StorageOperation operation, String location);
}
