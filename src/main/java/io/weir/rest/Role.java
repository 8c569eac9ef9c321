package io.weir.rest;

import java.util.Locale;

/** What a caller may do; each includes those before it. */
public enum Role {
  /** Sees everything but secrets and the values in state. */
  VIEWER,
  /** Takes checkpoints and savepoints; starts, suspends, stops and cancels jobs; sees values. */
  OPERATOR,
  /** Also removes what cannot be made again, and changes settings. */
  ADMIN;

  /** What a token's group, or a role of the container, is called that gives this role. */
  String group() {
    return "weir-" + name().toLowerCase(Locale.ROOT);
  }

  boolean includes(Role other) {
    return compareTo(other) >= 0;
  }
}
