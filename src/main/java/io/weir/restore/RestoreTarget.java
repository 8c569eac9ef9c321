package io.weir.restore;

import io.weir.snapshot.OperatorId;
import io.weir.snapshot.RescaleMapping;
import io.weir.snapshot.VertexId;
import java.util.List;
import java.util.Set;

/**
 * What a restore needs to know of an operator of the job that is to run.
 *
 * @param vertex the chain that it is part of
 * @param uid as the job's author gave it, or null
 * @param name as shown to people
 * @param inputs the operators that it gets records from, in its chain or in others
 * @param edges over which channels it gets records, in the order of the plan; none for an operator
 *     inside a chain
 * @param readsDatabases whether its state backend reads the files of a database
 */
public record RestoreTarget(
    OperatorId id,
    VertexId vertex,
    String uid,
    String name,
    int parallelism,
    int maxParallelism,
    Set<OperatorId> inputs,
    List<Edge> edges,
    boolean readsDatabases) {

  /**
   * An edge, as records in flight on it know it.
   *
   * @param producer the operator that sends the records
   * @param mapping how it spreads them; {@link RescaleMapping#UNSUPPORTED} if it stays aligned
   */
  public record Edge(OperatorId producer, RescaleMapping mapping) {}

  public RestoreTarget {
    edges = List.copyOf(edges);
    inputs = Set.copyOf(inputs);
    if (parallelism < 1 || parallelism > maxParallelism) {
      throw new IllegalArgumentException(
          "operator '"
              + name
              + "' has parallelism "
              + parallelism
              + " of at most "
              + maxParallelism);
    }
  }
}
