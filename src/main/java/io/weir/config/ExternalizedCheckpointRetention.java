package io.weir.config;

/** What becomes of the retained checkpoints of a job that is cancelled. */
public enum ExternalizedCheckpointRetention {
  /** They are kept; whoever cancels the job removes them. */
  RETAIN_ON_CANCELLATION,
  /** They are deleted when the job is cancelled, and kept when it fails. */
  DELETE_ON_CANCELLATION,
  /** They are deleted when the job ends in any way, and kept while it is suspended. */
  NO_EXTERNALIZED_CHECKPOINTS
}
