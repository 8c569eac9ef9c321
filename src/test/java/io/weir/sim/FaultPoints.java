package io.weir.sim;

import io.weir.api.functions.CheckpointListener;
import io.weir.api.functions.CheckpointedFunction;
import io.weir.api.functions.FunctionInitializationContext;
import io.weir.api.functions.FunctionSnapshotContext;

/** A function that fails when the plan of faults says so. */
interface FaultPoints extends CheckpointedFunction, CheckpointListener {
  private String where() {
    return getClass().getSimpleName();
  }

  default void processing() {
    World.here().mayFail(FaultKind.PROCESS, where());
  }

  default void timerFires() {
    World.here().mayFail(FaultKind.TIMER, where());
  }

  @Override
  default void snapshotState(FunctionSnapshotContext context) throws Exception {
    World.here().mayFail(FaultKind.SNAPSHOT, where());
  }

  @Override
  default void initializeState(FunctionInitializationContext context) throws Exception {
    if (context.isRestored()) {
      World.here().mayFail(FaultKind.RESTORE, where());
    }
  }

  @Override
  default void notifyCheckpointComplete(long checkpointId) throws Exception {
    World.here().mayFail(FaultKind.NOTIFY, where());
  }
}
