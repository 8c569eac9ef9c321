package io.weir.snapshot;

/**
 * What kind of checkpoint is asked for; it travels from the request through the barriers to every
 * task.
 */
public enum CheckpointType {
  /** A checkpoint of the coordinator's own; may share files with earlier ones. */
  CHECKPOINT,
  /**
   * The coordinator's own; the job is suspended right behind it, and replays nothing when it goes
   * on.
   */
  LAST_CHECKPOINT,
  /** A checkpoint of the coordinator's own that shares nothing with earlier ones. */
  FULL_CHECKPOINT,
  /** Taken for a user while the job goes on. */
  SAVEPOINT,
  /** Taken for a user; the job stops right behind it and may go on from there. */
  SUSPEND_SAVEPOINT,
  /**
   * Taken for a user after event time has been advanced to its end; the job is finished behind it.
   */
  TERMINATE_SAVEPOINT;

  /** Whether a user owns the result, so that the coordinator never removes it. */
  public boolean isSavepoint() {
    return this == SAVEPOINT || this == SUSPEND_SAVEPOINT || this == TERMINATE_SAVEPOINT;
  }

  /**
   * Whether the job stops with it: tasks process nothing more between their snapshot and its
   * completion.
   */
  public boolean isSynchronous() {
    return this == LAST_CHECKPOINT || this == SUSPEND_SAVEPOINT || this == TERMINATE_SAVEPOINT;
  }

  /**
   * Whether its barriers are aligned whatever is configured: a savepoint holds no records on their
   * way, and a task that stands still takes none.
   */
  public boolean isAlwaysAligned() {
    return isSavepoint() || isSynchronous();
  }

  /**
   * Whether event time is advanced to its end and all operators finish before the snapshot. Tasks
   * cannot go back behind that.
   */
  public boolean drains() {
    return this == TERMINATE_SAVEPOINT;
  }

  /** Whether it may refer to files of earlier checkpoints. */
  public boolean mayShareFiles() {
    return this == CHECKPOINT || this == LAST_CHECKPOINT;
  }
}
