package io.weir.api.windowing.assigners;

import io.weir.api.windowing.windows.Window;
import java.util.Collection;

/**
 * An assigner whose windows may grow together, as sessions do.
 *
 * @param <T> type of the records
 * @param <W> type of the windows
 */
public abstract class MergingWindowAssigner<T, W extends Window> extends WindowAssigner<T, W> {
  private static final long serialVersionUID = 1L;

  /** Finds out which windows must become one, and tells the callback, once for each such group. */
  public abstract void mergeWindows(Collection<W> windows, MergeCallback<W> callback);

  /**
   * Carries out what {@link #mergeWindows} finds.
   *
   * @param <W> type of the windows
   */
  public interface MergeCallback<W> {
    /**
     * Makes one window of several.
     *
     * @param toBeMerged the windows that become one, at least two
     * @param mergeResult the window that they become
     */
    void merge(Collection<W> toBeMerged, W mergeResult);
  }
}
