package io.weir.plan;

import io.weir.snapshot.KeyGroups;
import java.util.ArrayList;
import java.util.List;

/** What must hold between the parallelism of an operator, its key groups and its inputs. */
final class ParallelismRules {
  private ParallelismRules() {}

  static List<Problem> check(OperatorNode operator) {
    List<Problem> problems = new ArrayList<>();
    if (operator.maxParallelism() > KeyGroups.MAX_PARALLELISM_LIMIT) {
      problems.add(
          new Problem(
              operator.name(),
              "its max parallelism is " + operator.maxParallelism(),
              "The greatest possible is %d.".formatted(KeyGroups.MAX_PARALLELISM_LIMIT)));
    }
    if (operator.parallelism() > operator.maxParallelism()) {
      problems.add(
          new Problem(
              operator.name(),
              "its parallelism %d is greater than its max parallelism %d"
                  .formatted(operator.parallelism(), operator.maxParallelism()),
              "Lower the parallelism. Raising the max parallelism is possible only for a job without"
                  + " earlier state."));
    }
    for (Link link : operator.inputs()) {
      if (link.isForward() && link.source().parallelism() != operator.parallelism()) {
        problems.add(
            new Problem(
                operator.name(),
                "forward() from '%s' needs one parallelism on both sides, but these have %d and %d"
                    .formatted(link.source(), link.source().parallelism(), operator.parallelism()),
                "Set the same parallelism, or use rebalance() or rescale()."));
      }
    }
    return problems;
  }
}
