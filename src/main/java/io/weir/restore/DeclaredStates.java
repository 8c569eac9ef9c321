package io.weir.restore;

import io.weir.snapshot.AskedState;
import java.util.List;

/**
 * What is known of an operator's states before it runs.
 *
 * @param states those that it will ask for
 * @param unknownWhy why these may not be all, as a sentence; null if they are
 * @param refusal why it cannot open at all, whatever is restored; null if it can
 */
public record DeclaredStates(List<AskedState> states, String unknownWhy, String refusal) {
  public DeclaredStates {
    states = List.copyOf(states);
  }

  /** All that there are. */
  public static DeclaredStates all(List<AskedState> states) {
    return new DeclaredStates(states, null, null);
  }
}
