package io.weir.plan;

import io.weir.api.graph.Partitioning;
import io.weir.api.types.OutputTag;
import io.weir.api.types.TypeInformation;
import io.weir.snapshot.RescaleMapping;
import io.weir.snapshot.VertexId;

/**
 * From an operator of one vertex to the first operator of another, over channels.
 *
 * @param sourceOperator index of the feeding operator in its vertex
 * @param input which input of the target it is, 0 or 1
 * @param partitioning which record goes to which subtask
 * @param sideOutput the side output that feeds it, or null for the main output
 * @param type of the records, or null if it is not known
 * @param supportsUnaligned whether barriers may overtake records on this edge; on others they stay
 *     aligned
 */
public record PlannedEdge(
    VertexId source,
    int sourceOperator,
    VertexId target,
    int input,
    Partitioning partitioning,
    OutputTag<?> sideOutput,
    TypeInformation<?> type,
    boolean supportsUnaligned) {

  /** Which new subtask gets the edge's in-flight records when the parallelism has changed. */
  public RescaleMapping rescaleMapping() {
    return partitioning.accept(new MappingOf());
  }
}
