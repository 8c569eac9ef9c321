package io.weir.api.connector;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which splits go to which readers.
 *
 * @param <SplitT> type of the splits
 */
public final class SplitsAssignment<SplitT extends SourceSplit> {
  private final Map<Integer, List<SplitT>> assignment;

  /**
   * Takes what is assigned.
   *
   * @param assignment splits by the index of their reader, not null
   */
  public SplitsAssignment(Map<Integer, List<SplitT>> assignment) {
    Map<Integer, List<SplitT>> copy = new LinkedHashMap<>();
    assignment.forEach((subtask, splits) -> copy.put(subtask, List.copyOf(splits)));
    this.assignment = Collections.unmodifiableMap(copy);
  }

  /**
   * Takes what is assigned.
   *
   * @param split the only split, not null
   * @param subtask index of its reader
   */
  public SplitsAssignment(SplitT split, int subtask) {
    this(Map.of(subtask, List.of(split)));
  }

  /** Splits by the index of their reader; cannot be changed. */
  public Map<Integer, List<SplitT>> assignment() {
    return assignment;
  }

  @Override
  public String toString() {
    return "SplitsAssignment" + assignment;
  }
}
