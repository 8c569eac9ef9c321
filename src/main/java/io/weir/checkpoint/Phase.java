package io.weir.checkpoint;

/** Where the job stands, as far as its checkpoints are concerned. */
public enum Phase {
  /** No tasks run, or not all, or they are about to be cancelled. */
  NOT_RUNNING,
  /** All tasks that have not finished run. */
  RUNNING,
  /** A savepoint behind which the job stops is complete; its tasks are about to finish. */
  STOPPING,
  /** The job is over. */
  SHUT_DOWN
}
