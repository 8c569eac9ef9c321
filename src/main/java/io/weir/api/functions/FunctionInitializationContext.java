package io.weir.api.functions;

import io.weir.api.state.KeyedStateStore;
import io.weir.api.state.OperatorStateStore;
import java.util.OptionalLong;

/** The access of a function to its state when it starts. */
public interface FunctionInitializationContext {
  /** Whether there is state of an earlier run. */
  boolean isRestored();

  /** The checkpoint from which state is restored; empty if {@link #isRestored()} is false. */
  OptionalLong getRestoredCheckpointId();

  /** State of the subtask. */
  OperatorStateStore getOperatorStateStore();

  /**
   * State per key.
   *
   * @throws IllegalStateException if the stream has no keys
   */
  KeyedStateStore getKeyedStateStore();
}
