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
  IN_FLIGHT
}
