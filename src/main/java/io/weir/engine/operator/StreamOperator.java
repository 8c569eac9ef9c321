package io.weir.engine.operator;

import io.weir.api.functions.FunctionSnapshotContext;

/**
 * One operator in one subtask. The task calls, in this order: {@link #initialize}, {@link #open}
 * (last operator of the chain first), then inputs, {@link #continueWork}, the checkpoint methods
 * and {@link #finish} (first operator first), and in any case {@link #close}. All on one thread.
 */
public abstract class StreamOperator {

  /**
   * Whether {@link #initialize} or {@link #open} calls code of the job's author that may ask for
   * state, and may do anything else.
   */
  public boolean opensFunction() {
    return false;
  }

  /** Takes its context and creates or restores its state. */
  public abstract void initialize(OperatorContext context) throws Exception;

  /** Becomes ready to process. */
  public void open() throws Exception {}

  /**
   * Whether work that one input has caused (a burst of timers) is still to be done. While there is
   * any, the task polls no input, but looks after its mailbox and takes checkpoints; the rest of
   * the work is then part of the state.
   */
  public boolean hasPendingWork() {
    return false;
  }

  /**
   * Does some of the pending work: returns soon, and at the latest when {@link
   * OperatorContext#mayContinue()} says no.
   */
  public void continueWork() throws Exception {}

  /** Last chance to emit what belongs in front of the barrier. */
  public void beforeBarrier(long checkpointId) throws Exception {}

  /**
   * Puts what is to be kept into its states; the task then snapshots the states themselves. Does
   * not emit.
   */
  public void snapshot(FunctionSnapshotContext context) throws Exception {}

  /** The checkpoint is complete and will be restored from if nothing newer is. */
  public void checkpointCompleted(long checkpointId) throws Exception {}

  /** The checkpoint was given up. */
  public void checkpointAborted(long checkpointId) throws Exception {}

  /** All inputs have ended (and the last watermark has been processed): emits what is left. */
  public void finish() throws Exception {}

  /**
   * Whether, after {@link #finish}, one more completed checkpoint is needed before the subtask may
   * end: a sink has something to commit.
   */
  public boolean awaitsLastCheckpoint() {
    return false;
  }

  /** Frees everything; called once in any case, also after a failure in any other method. */
  public void close() throws Exception {}
}
