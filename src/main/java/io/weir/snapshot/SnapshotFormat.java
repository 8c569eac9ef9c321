package io.weir.snapshot;

import java.util.List;

/** How the state in a snapshot is written. */
public enum SnapshotFormat {
  /** One format for all state backends: any of them restores from it. */
  CANONICAL,
  /** That of the state backend which has written it. */
  NATIVE;

  /** That of a snapshot with these operators. */
  public static SnapshotFormat of(List<OperatorState> operators) {
    boolean isNative =
        operators.stream()
            .flatMap(operator -> operator.subtasks().values().stream())
            .flatMap(subtask -> subtask.keyed().stream())
            .anyMatch(DatabaseKeyedState.class::isInstance);
    return isNative ? NATIVE : CANONICAL;
  }
}
