package io.weir.plan;

import io.weir.api.graph.ChainingStrategy;
import io.weir.config.Configuration;
import io.weir.config.PipelineOptions;

/** Which operators run in one task: Flink's rules. */
final class Chaining {
  private final boolean enabled;
  private final boolean acrossMaxParallelism;

  Chaining(Configuration configuration) {
    this.enabled = configuration.get(PipelineOptions.OPERATOR_CHAINING);
    this.acrossMaxParallelism =
        configuration.get(
            PipelineOptions.OPERATOR_CHAINING_CHAIN_OPERATORS_WITH_DIFFERENT_MAX_PARALLELISM);
  }

  /** Whether the target runs in the task of the source. */
  boolean fuses(Link link) {
    OperatorNode source = link.source();
    OperatorNode target = link.target();
    return enabled
        && link.isForward()
        && target.inputs().size() == 1
        && strategiesAllow(source, target)
        && source.parallelism() == target.parallelism()
        && (acrossMaxParallelism || source.maxParallelism() == target.maxParallelism())
        && source.slotSharingGroup().equals(target.slotSharingGroup());
  }

  private static boolean strategiesAllow(OperatorNode source, OperatorNode target) {
    return source.transformation().chainingStrategy() != ChainingStrategy.NEVER
        && target.transformation().chainingStrategy() == ChainingStrategy.ALWAYS;
  }
}
