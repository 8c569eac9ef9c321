package io.weir.restore;

import io.weir.snapshot.ChannelStateHandle;
import io.weir.snapshot.ChannelStateHandle.Segment;
import io.weir.snapshot.KeyGroups;
import io.weir.snapshot.OperatorState;
import io.weir.snapshot.SubtaskState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Gives records that were in flight to the new subtasks that may own them, as the edge's kind of
 * partitioning says. With the parallelism unchanged each subtask keeps its own. Records are given
 * by whole segments: what reads one takes the records that are its own.
 */
final class ChannelStateAssignment {
  private final OperatorState old;
  private final RestoreTarget target;

  private ChannelStateAssignment(OperatorState old, RestoreTarget target) {
    this.old = old;
    this.target = target;
  }

  static List<List<ChannelStateHandle>> assign(OperatorState old, RestoreTarget target) {
    ChannelStateAssignment assignment = new ChannelStateAssignment(old, target);
    List<List<ChannelStateHandle>> assigned = new ArrayList<>();
    for (int subtask = 0; subtask < target.parallelism(); subtask++) {
      assigned.add(assignment.of(subtask));
    }
    return assigned;
  }

  private List<ChannelStateHandle> of(int subtask) {
    List<ChannelStateHandle> handles = new ArrayList<>();
    for (Map.Entry<Integer, SubtaskState> state : old.subtasks().entrySet()) {
      for (ChannelStateHandle handle : state.getValue().channels()) {
        List<Segment> segments =
            handle.segments().stream()
                .filter(segment -> mayOwn(subtask, state.getKey(), segment))
                .toList();
        if (!segments.isEmpty()) {
          handles.add(new ChannelStateHandle(handle.parallelism(), segments, handle.data()));
        }
      }
    }
    return handles;
  }

  private boolean mayOwn(int subtask, int oldSubtask, Segment segment) {
    if (old.parallelism() == target.parallelism()) {
      return subtask == oldSubtask;
    }
    return switch (segment.mapping()) {
      case RANGE ->
          KeyGroups.rangeOf(oldSubtask, old.maxParallelism(), old.parallelism())
                  .intersection(
                      KeyGroups.rangeOf(subtask, target.maxParallelism(), target.parallelism()))
                  .size()
              > 0;
      case ROUND_ROBIN -> subtask == oldSubtask % target.parallelism();
      case FIRST -> subtask == 0;
      case FULL -> true;
      case UNSUPPORTED ->
          throw new IllegalStateException("records in flight on an edge that stays aligned");
    };
  }
}
