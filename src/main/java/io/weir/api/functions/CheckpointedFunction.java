package io.weir.api.functions;

/** A function with operator state, or with work to do at every checkpoint. */
public interface CheckpointedFunction {
  /**
   * Called at the barrier of every checkpoint, before the state is captured: the moment to move
   * fields into the state handles. It must be quick, records wait meanwhile.
   *
   * @param context which checkpoint, not null
   * @throws Exception to decline the checkpoint
   */
  void snapshotState(FunctionSnapshotContext context) throws Exception;

  /**
   * Called once per subtask, before {@code open}: asks for the state handles and reads restored
   * state.
   *
   * @param context access to state, not null
   * @throws Exception to fail the task
   */
  void initializeState(FunctionInitializationContext context) throws Exception;
}
