package io.weir.api.functions;

/**
 * Told about the end of checkpoints. Both calls are made on the thread of the task, in the order of
 * the checkpoints; a call may be lost when the task fails, so a later one includes all earlier
 * ones.
 */
public interface CheckpointListener {
  /**
   * A checkpoint is complete and will be used for recovery.
   *
   * @param checkpointId its number
   * @throws Exception to fail the task; the checkpoint stays complete
   */
  void notifyCheckpointComplete(long checkpointId) throws Exception;

  /**
   * A checkpoint will never complete. Its part of the data belongs to the next one.
   *
   * @param checkpointId its number
   * @throws Exception to fail the task
   */
  default void notifyCheckpointAborted(long checkpointId) throws Exception {}
}
