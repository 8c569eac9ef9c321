package io.weir.state;

import io.weir.snapshot.AskedState;
import io.weir.snapshot.StateDescription;
import java.util.List;

/** An operator state that the job has asked for. Belongs to the task's thread. */
interface RegisteredOperatorState {

  /** The state as the job asks for it. */
  AskedState asked();

  default StateDescription description() {
    return asked().description();
  }

  /** Reads elements that were restored, as they were described when they were written. */
  void restore(StateDescription stored, List<byte[]> elements);

  /** Fixes the present content. */
  FrozenOperatorState freeze();

  /** Whether it is of the same types as this one, which somebody asks for under the same name. */
  boolean isCompatibleWith(RegisteredOperatorState asked);
}
