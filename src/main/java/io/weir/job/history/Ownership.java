package io.weir.job.history;

import io.weir.snapshot.CheckpointType;

/** Whose a snapshot is: who may restore from it without being asked to, and who removes it. */
public enum Ownership {
  /** Taken by the job itself, which removes it when it is subsumed. */
  JOB,
  /** Taken for a user, who alone removes it. */
  USER,
  /** Taken as the job's policy for savepoints says, which also says when it is removed. */
  POLICY,
  /** Taken by another run; this job began with it and removes it when it is subsumed. */
  CLAIMED,
  /** Taken by another run; this job began with it and never removes it. */
  BORROWED;

  /** That of a snapshot that a job takes. */
  public static Ownership of(CheckpointType type) {
    return type.isSavepoint() ? USER : JOB;
  }

  /** Whether it was taken to be kept outside of the job, which does not go back to it by itself. */
  public boolean isOutside() {
    return this == USER || this == POLICY;
  }

  /** Whether the job removes it when it is not needed any more. */
  public boolean isRemovable() {
    return this == JOB || this == CLAIMED;
  }
}
