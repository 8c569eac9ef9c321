package io.weir.restore;

import io.weir.snapshot.StateHandle;
import io.weir.snapshot.SubtaskState;
import java.util.Collections;
import java.util.List;

/**
 * What an operator gets.
 *
 * @param subtasks for each of its subtasks
 * @param coordinator state of its coordinator, or null
 * @param finished whether all its subtasks had come to their end: it does not run again
 */
public record OperatorRestore(
    RestoreTarget target, List<SubtaskState> subtasks, StateHandle coordinator, boolean finished) {
  public OperatorRestore {
    subtasks = List.copyOf(subtasks);
    if (subtasks.size() != target.parallelism()) {
      throw new IllegalArgumentException(
          subtasks.size() + " subtasks for a parallelism of " + target.parallelism());
    }
  }

  /** That of an operator without state. */
  static OperatorRestore empty(RestoreTarget target, boolean finished) {
    return new OperatorRestore(
        target, Collections.nCopies(target.parallelism(), SubtaskState.EMPTY), null, finished);
  }
}
