package io.weir.restore;

import io.weir.snapshot.KeyGroupRange;
import io.weir.snapshot.KeyGroups;
import io.weir.snapshot.KeyedStateHandle;
import io.weir.snapshot.OperatorState;
import io.weir.snapshot.SubtaskState;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives each new subtask every old piece of keyed state that has one of its key groups. A piece is
 * given as a whole: what reads it takes the key groups that are its own.
 */
final class KeyedStateAssignment {
  private KeyedStateAssignment() {}

  static List<List<KeyedStateHandle>> assign(OperatorState old, RestoreTarget target) {
    List<List<KeyedStateHandle>> assigned = new ArrayList<>();
    for (int subtask = 0; subtask < target.parallelism(); subtask++) {
      KeyGroupRange range =
          KeyGroups.rangeOf(subtask, target.maxParallelism(), target.parallelism());
      List<KeyedStateHandle> handles = new ArrayList<>();
      for (SubtaskState state : old.subtasks().values()) {
        for (KeyedStateHandle handle : state.keyed()) {
          if (handle.range().intersection(range).size() > 0) {
            handles.add(handle);
          }
        }
      }
      assigned.add(handles);
    }
    return assigned;
  }
}
