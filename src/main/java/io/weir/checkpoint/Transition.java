package io.weir.checkpoint;

import java.util.List;

/** What follows from one event. */
public record Transition(CoordinatorState state, List<Decision> decisions) {

  public Transition {
    decisions = List.copyOf(decisions);
  }
}
