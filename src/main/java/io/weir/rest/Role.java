package io.weir.rest;

/** What a caller may do; each includes those before it. */
public enum Role {
  /** Sees everything but secrets and the values in state. */
  VIEWER,
  /** Takes checkpoints and savepoints; starts, suspends, stops and cancels jobs; sees values. */
  OPERATOR,
  /** Also removes what cannot be made again, and changes settings. */
  ADMIN;

  boolean includes(Role other) {
    return compareTo(other) >= 0;
  }
}
