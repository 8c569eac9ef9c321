package io.weir.storage;

/**
 * How the snapshots of a job are kept.
 *
 * @param directory root of the checkpoints: a URI or a plain path
 * @param subdirectoryPerJob whether the job has a directory of its own below the root; without it
 *     no other job may use the root
 * @param inlineThresholdBytes pieces of state up to this size stand in {@code _metadata} instead of
 *     a file; at most {@link #MAX_INLINE_THRESHOLD_BYTES}
 * @param writeBufferBytes how much of a file is collected before it is written
 * @param merging whether and how small files become parts of fewer ones
 */
public record CheckpointStorageSettings(
    String directory,
    boolean subdirectoryPerJob,
    int inlineThresholdBytes,
    int writeBufferBytes,
    FileMerging merging) {
  public static final int DEFAULT_INLINE_THRESHOLD_BYTES = 20 << 10;
  public static final int MAX_INLINE_THRESHOLD_BYTES = 1 << 20;
  public static final int DEFAULT_WRITE_BUFFER_BYTES = 64 << 10;

  public CheckpointStorageSettings {
    if (inlineThresholdBytes < 0 || inlineThresholdBytes > MAX_INLINE_THRESHOLD_BYTES) {
      throw new IllegalArgumentException(
          "state of up to "
              + inlineThresholdBytes
              + " bytes cannot be inlined: 0 to "
              + MAX_INLINE_THRESHOLD_BYTES
              + " are allowed");
    }
    if (writeBufferBytes < 1) {
      throw new IllegalArgumentException(
          "a write buffer of " + writeBufferBytes + " bytes: at least 1 is needed");
    }
  }

  /** Without merged files. */
  public CheckpointStorageSettings(
      String directory,
      boolean subdirectoryPerJob,
      int inlineThresholdBytes,
      int writeBufferBytes) {
    this(directory, subdirectoryPerJob, inlineThresholdBytes, writeBufferBytes, FileMerging.OFF);
  }

  /** The same with another way to merge files. */
  public CheckpointStorageSettings with(FileMerging other) {
    return new CheckpointStorageSettings(
        directory, subdirectoryPerJob, inlineThresholdBytes, writeBufferBytes, other);
  }

  /** The usual settings. */
  public static CheckpointStorageSettings in(String directory) {
    return new CheckpointStorageSettings(
        directory, true, DEFAULT_INLINE_THRESHOLD_BYTES, DEFAULT_WRITE_BUFFER_BYTES);
  }
}
