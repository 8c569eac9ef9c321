package io.weir.plan;

import java.util.Objects;

/**
 * Something about a job that keeps it from running, or that its author should know.
 *
 * @param operator name of the operator, or null if it concerns the whole job
 * @param why what does not fit, a clause
 * @param whatToDo how to mend it, one or more sentences
 */
public record Problem(String operator, String why, String whatToDo) {
  public Problem {
    Objects.requireNonNull(why, "why");
    Objects.requireNonNull(whatToDo, "whatToDo");
  }

  /** {@code operator 'enrich': why. What to do.} */
  @Override
  public String toString() {
    String subject = operator == null ? "" : "operator '" + operator + "': ";
    return subject + why + ". " + whatToDo;
  }
}
