package io.weir.job.history;

import io.weir.snapshot.VertexId;
import java.util.List;

/**
 * What one checkpoint cost one vertex.
 *
 * @param subtasks one for each subtask, in order
 * @param operators those that have state, in the order of the chain
 */
public record VertexRecord(
    VertexId id, String name, List<SubtaskRecord> subtasks, List<OperatorRecord> operators) {
  public VertexRecord {
    subtasks = List.copyOf(subtasks);
    operators = List.copyOf(operators);
  }

  public int acknowledged() {
    return (int) subtasks.stream().filter(SubtaskRecord::isAcknowledged).count();
  }

  public long stateBytes() {
    return subtasks.stream().mapToLong(SubtaskRecord::stateBytes).sum();
  }

  public long fullBytes() {
    return subtasks.stream().mapToLong(SubtaskRecord::fullBytes).sum();
  }

  /** When the last subtask acknowledged, or -1. */
  public long latestAckMillis() {
    return subtasks.stream().mapToLong(SubtaskRecord::ackMillis).max().orElse(-1);
  }
}
