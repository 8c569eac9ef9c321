package io.weir.restore;

import io.weir.snapshot.OperatorId;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a restore does.
 *
 * @param checkpointId of the snapshot
 * @param operators every operator of the job; empty if the restore is refused
 * @param problems what stands against it, and what its user should know
 */
public record RestorePlan(
    long checkpointId,
    SortedMap<OperatorId, OperatorRestore> operators,
    List<RestoreProblem> problems) {
  public RestorePlan {
    operators = Collections.unmodifiableSortedMap(new TreeMap<>(operators));
    problems = List.copyOf(problems);
  }

  /** Whether it cannot be done. */
  public boolean isRefused() {
    return problems.stream().anyMatch(problem -> problem.kind().isRefusing());
  }

  /** Every reason why it cannot be done, one a line. */
  public String refusal() {
    return problems.stream()
        .filter(problem -> problem.kind().isRefusing())
        .map(RestoreProblem::message)
        .collect(Collectors.joining("\n"));
  }
}
