package io.weir.restore;

import io.weir.snapshot.OperatorId;
import io.weir.snapshot.VertexId;
import java.util.Set;

/**
 * What a restore needs to know of an operator of the job that is to run.
 *
 * @param vertex the chain that it is part of
 * @param uid as the job's author gave it, or null
 * @param name as shown to people
 * @param inputs the operators that it gets records from, in its chain or in others
 */
public record RestoreTarget(
    OperatorId id,
    VertexId vertex,
    String uid,
    String name,
    int parallelism,
    int maxParallelism,
    Set<OperatorId> inputs) {
  public RestoreTarget {
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
