package io.weir.plan;

import io.weir.api.graph.Partitioning;
import io.weir.api.types.OutputTag;

/**
 * An operator's output on its way to a consumer, through unions, partitionings and side outputs.
 *
 * @param partitioning what the author asked for, or null
 * @param sideOutput the side output, or null for the main output
 */
record Feed(OperatorNode source, int input, Partitioning partitioning, OutputTag<?> sideOutput) {

  static Feed of(OperatorNode source) {
    return new Feed(source, 0, null, null);
  }

  /** Of several partitionings in a row the last counts: nobody processes what is between them. */
  Feed partitionedBy(Partitioning last) {
    return new Feed(source, input, last, sideOutput);
  }

  Feed ofSideOutput(OutputTag<?> tag) {
    return new Feed(source, input, partitioning, tag);
  }

  Feed toInput(int number) {
    return new Feed(source, number, partitioning, sideOutput);
  }

  /** Where the author asked for nothing, records stay where they are as long as they can. */
  Link to(OperatorNode target) {
    Partitioning chosen = partitioning;
    if (chosen == null) {
      chosen =
          source.parallelism() == target.parallelism()
              ? new Partitioning.Forward()
              : new Partitioning.Rebalance();
    }
    return new Link(source, target, input, chosen, sideOutput);
  }
}
