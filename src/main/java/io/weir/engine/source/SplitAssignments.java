package io.weir.engine.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Which splits each reader was given since which checkpoint: those that a reader does not know of
 * when it goes back to that checkpoint.
 *
 * @param <S> the type of split
 */
final class SplitAssignments<S> {
  private Map<Integer, List<S>> sinceLast = new TreeMap<>();

  /** By checkpoint that is not complete yet: what was assigned between the one before and it. */
  private final TreeMap<Long, Map<Integer, List<S>>> inFrontOf = new TreeMap<>();

  void assigned(int subtask, List<S> splits) {
    sinceLast.computeIfAbsent(subtask, unused -> new ArrayList<>()).addAll(splits);
  }

  /** What is assigned from now on is not part of this checkpoint; ids ascend. */
  void snapshot(long checkpointId) {
    inFrontOf.put(checkpointId, sinceLast);
    sinceLast = new TreeMap<>();
  }

  /** No reader goes back behind this checkpoint any more. */
  void completed(long checkpointId) {
    inFrontOf.headMap(checkpointId, true).clear();
  }

  /**
   * Takes what a reader was given since a checkpoint.
   *
   * @param checkpointId the newest that was {@link #completed}; empty for all that it was ever
   *     given
   * @return oldest first
   */
  List<S> takeBack(int subtask, OptionalLong checkpointId) {
    List<S> splits = new ArrayList<>();
    inFrontOf
        .tailMap(checkpointId.orElse(Long.MIN_VALUE), false)
        .values()
        .forEach(assigned -> take(subtask, assigned, splits));
    take(subtask, sinceLast, splits);
    return splits;
  }

  private void take(int subtask, Map<Integer, List<S>> assigned, List<S> splits) {
    List<S> taken = assigned.remove(subtask);
    if (taken != null) {
      splits.addAll(taken);
    }
  }
}
