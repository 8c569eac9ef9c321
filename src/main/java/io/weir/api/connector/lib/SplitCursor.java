package io.weir.api.connector.lib;

/**
 * A place within a split, from which records are read one by one.
 *
 * @param <T> type of the records
 * @param <S> type of the split
 */
interface SplitCursor<T, S> {
  boolean hasNext();

  T next();

  /** The split that holds what has not been read yet. */
  S remaining();
}
