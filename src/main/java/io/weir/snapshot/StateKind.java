package io.weir.snapshot;

/** What a state of an operator is. */
public enum StateKind {
  VALUE,
  LIST,
  MAP,
  REDUCING,
  AGGREGATING,
  /** Timers of a keyed operator. */
  TIMERS,
  /** Operator state, a list that is split evenly over the subtasks on restore. */
  OPERATOR_LIST,
  /** Operator state, a list that every subtask gets whole on restore. */
  OPERATOR_UNION,
  /** Operator state, a map that is the same in every subtask. */
  BROADCAST,
  /** Records that were in flight to the operator. */
  IN_FLIGHT;

  /** Whether it is stored by the key of a record. */
  public boolean isKeyed() {
    return switch (this) {
      case VALUE, LIST, MAP, REDUCING, AGGREGATING, TIMERS -> true;
      case OPERATOR_LIST, OPERATOR_UNION, BROADCAST, IN_FLIGHT -> false;
    };
  }

  /** Whether it is no state that a job asks for, but records on their way. */
  public boolean isInFlight() {
    return this == IN_FLIGHT;
  }
}
