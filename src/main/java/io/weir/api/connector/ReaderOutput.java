package io.weir.api.connector;

/**
 * Takes the records of a reader. Records of a split go to that split's own output, so that every
 * split has its own watermarks and the slowest of them decides.
 *
 * @param <T> type of the records
 */
public interface ReaderOutput<T> extends SourceOutput<T> {
  /**
   * The output of a split; the same one until it is released.
   *
   * @param splitId which split, not null
   */
  SourceOutput<T> createOutputForSplit(String splitId);

  /**
   * Forgets the output of a split that has come to its end; others no longer wait for its
   * watermarks.
   *
   * @param splitId which split, not null
   */
  void releaseOutputForSplit(String splitId);
}
