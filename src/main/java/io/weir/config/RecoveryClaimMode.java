package io.weir.config;

/** Who owns the files of the snapshot from which a job starts. */
public enum RecoveryClaimMode {
  /** The job: it deletes them once they are subsumed. */
  CLAIM,
  /** Whoever made it: the job never deletes them, and its first checkpoint shares none of them. */
  NO_CLAIM
}
