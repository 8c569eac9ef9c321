package io.weir.plan;

import io.weir.snapshot.VertexId;
import java.util.List;

/**
 * Operators that run together, one task for each subtask.
 *
 * @param name {@code "Source: flights -> parse"}
 * @param maxParallelism number of key groups
 * @param slotSharingGroup vertices of one share slots
 * @param operators the one that takes the vertex's inputs, or is a source, first; each behind the
 *     one that feeds it
 */
public record PlannedVertex(
    VertexId id,
    String name,
    int parallelism,
    int maxParallelism,
    String slotSharingGroup,
    List<PlannedOperator> operators) {
  public PlannedVertex {
    operators = List.copyOf(operators);
  }

  /** The operator that takes the vertex's inputs, or is a source. */
  public PlannedOperator head() {
    return operators.get(0);
  }
}
