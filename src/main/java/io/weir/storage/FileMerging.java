package io.weir.storage;

/**
 * Whether, and how, small state files of one checkpoint become parts of fewer files.
 *
 * @param enabled whether they do
 * @param maxFileBytes a merged file that has so many bytes gets no more pieces; a piece that is
 *     known to be as long has a file of its own
 * @param maxSpaceAmplification how many times the bytes in use a shared merged file may have; less
 *     than 1 for as many as it likes
 * @param poolBlocking whether a writer waits for a merged file rather than begin another one
 * @param maxSubtasksPerFile how many subtasks share one merged file, if they wait for each other
 */
public record FileMerging(
    boolean enabled,
    long maxFileBytes,
    double maxSpaceAmplification,
    boolean poolBlocking,
    int maxSubtasksPerFile) {
  private static final long DEFAULT_MAX_FILE_BYTES = 32L << 20;
  private static final int DEFAULT_MAX_SUBTASKS_PER_FILE = 4;

  /** Every file of state holds one piece. */
  public static final FileMerging OFF =
      new FileMerging(false, DEFAULT_MAX_FILE_BYTES, 2, false, DEFAULT_MAX_SUBTASKS_PER_FILE);

  public FileMerging {
    if (maxFileBytes < 1 || maxSubtasksPerFile < 1) {
      throw new IllegalArgumentException(
          "merged files of up to "
              + maxFileBytes
              + " bytes for up to "
              + maxSubtasksPerFile
              + " subtasks: at least 1 of each is needed");
    }
  }

  /** Files are merged, up to a size, with the usual settings for the rest. */
  public static FileMerging upTo(long maxFileBytes) {
    return new FileMerging(true, maxFileBytes, 2, false, DEFAULT_MAX_SUBTASKS_PER_FILE);
  }

  /**
   * How many merged files may be open at once.
   *
   * @param subtasks how many write to them
   */
  int openFiles(int subtasks) {
    return poolBlocking
        ? Math.max(1, (subtasks + maxSubtasksPerFile - 1) / maxSubtasksPerFile)
        : Integer.MAX_VALUE;
  }
}
