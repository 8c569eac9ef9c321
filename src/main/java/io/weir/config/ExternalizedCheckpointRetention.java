package io.weir.config;

/** What becomes of the retained checkpoints of a job that ends; a suspended job keeps them. */
public enum ExternalizedCheckpointRetention {
  /** They are kept when the job is cancelled or fails; whoever cancels it removes them. */
  RETAIN_ON_CANCELLATION,
  /** They are deleted when the job is cancelled, and kept when it fails. */
  DELETE_ON_CANCELLATION,
  /** They are deleted when the job is cancelled, fails or finishes. */
  NO_EXTERNALIZED_CHECKPOINTS
}
