package io.weir.snapshot;

import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The state of one operator in a snapshot.
 *
 * @param uid as the job's author gave it, or null
 * @param name as shown to people
 * @param subtasks by subtask index; a subtask without state is absent
 * @param coordinator state of the operator's coordinator (a source's split enumerator), or null
 * @param finishedSubtasks the subtasks that had come to their end before the snapshot
 */
public record OperatorState(
    OperatorId id,
    String uid,
    String name,
    int parallelism,
    int maxParallelism,
    SortedMap<Integer, SubtaskState> subtasks,
    StateHandle coordinator,
    Set<Integer> finishedSubtasks) {
  public OperatorState {
    subtasks = Collections.unmodifiableSortedMap(new TreeMap<>(subtasks));
    finishedSubtasks = Set.copyOf(finishedSubtasks);
  }

  /** Whether every subtask had come to its end. */
  public boolean isFullyFinished() {
    return finishedSubtasks.size() == parallelism;
  }

  /** The same without the records in flight. */
  OperatorState withoutInFlight() {
    SortedMap<Integer, SubtaskState> states = new TreeMap<>(subtasks);
    states.replaceAll((index, state) -> state.withoutInFlight());
    states.values().removeIf(SubtaskState::isEmpty);
    return new OperatorState(
        id, uid, name, parallelism, maxParallelism, states, coordinator, finishedSubtasks);
  }

  /** Bytes of state in all its handles. */
  public long sizeBytes() {
    long size = coordinator == null ? 0 : coordinator.sizeBytes();
    for (SubtaskState subtask : subtasks.values()) {
      size += subtask.sizeBytes();
    }
    return size;
  }
}
