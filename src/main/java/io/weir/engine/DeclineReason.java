package io.weir.engine;

/** Why a task declines a checkpoint. */
public enum DeclineReason {
  /** The task is not (or no longer) running. */
  NOT_READY,
  /** The barrier of a newer checkpoint came first. */
  SUBSUMED,
  /** Writing the snapshot failed. */
  ASYNC_FAILED,
  /** The source has come to its end. */
  END_OF_INPUT
}
