package io.weir.plan;

import io.weir.api.graph.Transformation;
import io.weir.snapshot.OperatorId;
import java.util.List;

/**
 * An operator in its chain.
 *
 * @param uid as the author gave it, or null
 * @param transformation what the author described
 * @param maxParallelism number of key groups
 * @param chained the operators of the same vertex that it feeds
 */
public record PlannedOperator(
    OperatorId id,
    String name,
    String uid,
    Transformation<?> transformation,
    int parallelism,
    int maxParallelism,
    List<ChainLink> chained) {
  public PlannedOperator {
    chained = List.copyOf(chained);
  }

  /** Whether it is a sink that commits when a checkpoint is complete. */
  public boolean commitsOnCheckpoints() {
    return Traits.commitsOnCheckpoints(transformation);
  }
}
