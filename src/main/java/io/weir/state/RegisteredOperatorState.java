package io.weir.state;

import io.weir.serial.BinaryInput;
import io.weir.snapshot.StateDescription;

/** An operator state that the job has asked for. Belongs to the task's thread. */
interface RegisteredOperatorState {

  StateDescription description();

  /** Reads an element that was restored, as it was described when it was written. */
  void restore(StateDescription stored, BinaryInput element);

  /** Fixes the present content. */
  FrozenOperatorState freeze();

  /** Whether it is of the same types as this one, which somebody asks for under the same name. */
  boolean isCompatibleWith(RegisteredOperatorState asked);
}
