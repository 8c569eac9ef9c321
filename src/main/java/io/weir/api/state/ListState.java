package io.weir.api.state;

import java.util.List;

/**
 * A list of values. As operator state it is split and joined by its elements when the parallelism
 * changes.
 *
 * @param <T> type of the elements
 */
public interface ListState<T> extends MergingState<T, Iterable<T>> {
  /** The elements in the order in which they were added; empty if there are none. */
  @Override
  Iterable<T> get() throws Exception;

  /**
   * Replaces the list.
   *
   * @param values the new elements, none of them null; an empty list clears the state
   * @throws Exception if the state cannot be written
   */
  void update(List<T> values) throws Exception;

  /**
   * Adds elements at the end.
   *
   * @param values the elements, none of them null
   * @throws Exception if the state cannot be written
   */
  void addAll(List<T> values) throws Exception;
}
