package io.weir.config;

/**
 * What becomes of the retained checkpoints of a job that is cancelled. One that has failed or is
 * suspended keeps them, whatever this says; one that has finished does not.
 */
public enum ExternalizedCheckpointRetention {
  /** They are kept; whoever cancels the job removes them. */
  RETAIN_ON_CANCELLATION,
  /** They are deleted. */
  DELETE_ON_CANCELLATION,
  /** They are deleted; Flink would delete them when the job fails, too. */
  NO_EXTERNALIZED_CHECKPOINTS
}
