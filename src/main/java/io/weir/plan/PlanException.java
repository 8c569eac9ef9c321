package io.weir.plan;

import java.util.List;
import java.util.stream.Collectors;

/** A job that cannot run, with every reason. */
public final class PlanException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // an immutable list of records of strings
  private final List<Problem> problems;

  PlanException(String jobName, List<Problem> problems) {
    super(
        "Job '%s' cannot run: %s"
            .formatted(
                jobName,
                problems.stream().map(Problem::toString).collect(Collectors.joining(" "))));
    this.problems = List.copyOf(problems);
  }

  /** The reasons, at least one, in the order of the author's calls. */
  public List<Problem> problems() {
    return problems;
  }
}
