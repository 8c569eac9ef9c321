package io.weir.engine.operator.function;

import io.weir.api.functions.CheckpointListener;
import io.weir.api.functions.CheckpointedFunction;
import io.weir.api.functions.FunctionSnapshotContext;
import io.weir.api.functions.OpenContext;
import io.weir.api.functions.RichFunction;
import io.weir.api.state.KeyedStateStore;
import io.weir.engine.operator.OperatorContext;

/**
 * The life of the function of one operator: given what it asks for, restored, opened, told of
 * checkpoints, closed. What a function does not ask for by implementing an interface is left out.
 */
public final class UserFunction {
  private static final OpenContext OPEN_CONTEXT = new OpenContext() {};

  private final Object function;
  private boolean opened;

  public UserFunction(Object function) {
    this.function = function;
  }

  /** Whether the function has anything to do when it is initialized or opened. */
  public boolean isOpened() {
    return function instanceof RichFunction || function instanceof CheckpointedFunction;
  }

  /** Injects, hands over the runtime context and restores. */
  public void initialize(OperatorContext context, boolean keyed) throws Exception {
    context.inject(function);
    KeyedStateStore keyedState = KeyedState.of(context, keyed);
    if (function instanceof RichFunction rich) {
      rich.setRuntimeContext(
          new OperatorRuntimeContext(context, keyedState, function.getClass().getClassLoader()));
    }
    if (function instanceof CheckpointedFunction checkpointed) {
      checkpointed.initializeState(new RestoreContext(context, keyedState));
    }
  }

  public void open() throws Exception {
    opened = true;
    if (function instanceof RichFunction rich) {
      rich.open(OPEN_CONTEXT);
    }
  }

  public void snapshot(FunctionSnapshotContext context) throws Exception {
    if (function instanceof CheckpointedFunction checkpointed) {
      checkpointed.snapshotState(context);
    }
  }

  public void checkpointCompleted(long checkpointId) throws Exception {
    if (function instanceof CheckpointListener listener) {
      listener.notifyCheckpointComplete(checkpointId);
    }
  }

  public void checkpointAborted(long checkpointId) throws Exception {
    if (function instanceof CheckpointListener listener) {
      listener.notifyCheckpointAborted(checkpointId);
    }
  }

  /**
   * Closes the function if it has been opened, even if opening failed half-way; a second call does
   * nothing.
   */
  public void close() throws Exception {
    if (opened) {
      opened = false;
      if (function instanceof RichFunction rich) {
        rich.close();
      }
    }
  }
}
