package io.weir.engine.operator.window;

import io.weir.api.state.ListState;
import io.weir.api.types.Tuple2;
import io.weir.api.windowing.assigners.MergingWindowAssigner;
import io.weir.api.windowing.windows.Window;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Windows that merge. When windows become one, its contents are kept under the state window of the
 * first of them, and the contents of the others are moved there.
 *
 * <p>INVARIANT: no two windows of a key have the same state window, and a state window lies within
 * its window.
 */
final class MergingWindows<W extends Window> implements StateWindows<W> {
  private final MergingWindowAssigner<?, W> assigner;
  private final ListState<Tuple2<W, W>> state;
  private final OnMerge<W> onMerge;

  /** From each window of the current key to its state window. */
  private final Map<W, W> stateWindows = new LinkedHashMap<>();

  private boolean changed;

  /**
   * @param state pairs of window and state window
   */
  MergingWindows(
      MergingWindowAssigner<?, W> assigner, ListState<Tuple2<W, W>> state, OnMerge<W> onMerge) {
    this.assigner = assigner;
    this.state = state;
    this.onMerge = onMerge;
  }

  @Override
  public void load() throws Exception {
    changed = false;
    stateWindows.clear();
    for (Tuple2<W, W> pair : state.get()) {
      stateWindows.put(pair.f0, pair.f1);
    }
  }

  @Override
  public W place(W window) throws Exception {
    List<W> candidates = new ArrayList<>(stateWindows.keySet());
    candidates.add(window);
    List<Merge<W>> merges = new ArrayList<>();
    assigner.mergeWindows(
        candidates,
        (toBeMerged, result) -> merges.add(new Merge<>(result, List.copyOf(toBeMerged))));
    W placed = window;
    for (Merge<W> merge : merges) {
      if (merge.windows.contains(window)) {
        placed = merge.result;
      }
      carryOut(merge);
    }
    if (!stateWindows.containsKey(placed)) {
      stateWindows.put(placed, placed);
      changed = true;
    }
    return placed;
  }

  private void carryOut(Merge<W> merge) throws Exception {
    List<W> known = new ArrayList<>();
    for (W window : merge.windows) {
      if (stateWindows.containsKey(window) && !known.contains(window)) {
        known.add(window);
      }
    }
    boolean grows = !known.isEmpty() && !(known.size() == 1 && known.contains(merge.result));
    if (!grows) {
      return;
    }
    List<W> sources = new ArrayList<>();
    for (W window : known) {
      sources.add(stateWindows.remove(window));
    }
    W target = sources.remove(0);
    stateWindows.put(merge.result, target);
    changed = true;
    onMerge.merged(merge.result, known, target, sources);
  }

  @Override
  public W stateWindow(W window) {
    return stateWindows.get(window);
  }

  @Override
  public void retire(W window) {
    if (stateWindows.remove(window) != null) {
      changed = true;
    }
  }

  @Override
  public void persist() throws Exception {
    if (!changed) {
      return;
    }
    changed = false;
    List<Tuple2<W, W>> pairs = new ArrayList<>(stateWindows.size());
    stateWindows.forEach((window, stateWindow) -> pairs.add(Tuple2.of(window, stateWindow)));
    if (pairs.isEmpty()) {
      state.clear();
    } else {
      state.update(pairs);
    }
  }

  /** Windows that become one. */
  private record Merge<W>(W result, List<W> windows) {}

  /** Who is told that windows have become one. */
  @FunctionalInterface
  interface OnMerge<W extends Window> {
    /**
     * Tells of windows that have become one.
     *
     * @param result the window that there is now
     * @param merged the windows that there were, all with state
     * @param target the state window of the result
     * @param sources the other state windows, whose contents belong to the target now
     */
    void merged(W result, Collection<W> merged, W target, Collection<W> sources) throws Exception;
  }
}
