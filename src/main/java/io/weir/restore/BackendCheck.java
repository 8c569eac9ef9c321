package io.weir.restore;

import io.weir.snapshot.DatabaseKeyedState;
import io.weir.snapshot.OperatorState;
import java.util.List;

/** The files of a database can only be read by the state backend that has written them. */
final class BackendCheck {
  private BackendCheck() {}

  /**
   * What stands against a restore of one operator.
   *
   * @param old null if it has no state in the snapshot
   */
  static List<RestoreProblem> check(OperatorState old, RestoreTarget target) {
    boolean isDatabase =
        old != null
            && old.subtasks().values().stream()
                .flatMap(subtask -> subtask.keyed().stream())
                .anyMatch(DatabaseKeyedState.class::isInstance);
    return !isDatabase || target.readsDatabases()
        ? List.of()
        : List.of(
            new RestoreProblem(
                RestoreProblem.Kind.STATE_BACKEND,
                target.id(),
                "The snapshot holds the keyed state of "
                    + OperatorNames.of(target)
                    + " as the files of a RocksDB database, which only the RocksDB backend reads."
                    + " Restore it with state.backend.type = rocksdb and take a canonical"
                    + " savepoint, which every backend reads."));
  }
}
