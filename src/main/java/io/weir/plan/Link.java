package io.weir.plan;

import io.weir.api.graph.Partitioning;
import io.weir.api.types.OutputTag;
import io.weir.api.types.TypeInformation;

/**
 * From one operator to another.
 *
 * @param input which input of the target it is, 0 or 1
 * @param sideOutput the side output that feeds it, or null for the main output
 */
record Link(
    OperatorNode source,
    OperatorNode target,
    int input,
    Partitioning partitioning,
    OutputTag<?> sideOutput) {

  /** Of the records, or null if it is not known. */
  TypeInformation<?> type() {
    return sideOutput == null ? source.transformation().outputType() : sideOutput.getTypeInfo();
  }

  boolean isForward() {
    return partitioning instanceof Partitioning.Forward;
  }
}
