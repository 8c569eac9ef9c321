package io.weir.sim;

/** A mistake that is made on purpose, to see whether the simulation finds it. */
enum PlantedBug {
  NONE,
  /** The sink's writer makes its results visible when it prepares them. */
  COMMIT_BEFORE_COMPLETION,
  /** The committer does not notice that it has committed something before. */
  COMMIT_TWICE,
  /** The storage acknowledges a sync that it has not done. */
  SYNC_SKIPPED,
  /** The older checkpoint is removed before the next one is published. */
  DELETED_BEFORE_PUBLISH,
  /** The position of a split in a snapshot is one too far. */
  POSITION_TOO_FAR,
  /** The position of a split in a snapshot is one behind. */
  POSITION_BEHIND,
  /** A restored operator does not get the last key group of each old subtask. */
  KEY_GROUP_BORDER,
  /** The time of a value's last use is lost in a restore: what it is counted from begins anew. */
  EXPIRY_COUNTED_FROM_RESTORE,
  /** Timers are not part of a snapshot. */
  TIMERS_FORGOTTEN,
  /** A task's answer to a checkpoint names the state of the one before. */
  STALE_STATE_ACKNOWLEDGED,
  /** Tasks are told that a checkpoint is complete when it has only been started. */
  NOTIFIED_TOO_EARLY,
  /** An enumerator's state still has the splits that it has handed out. */
  SPLITS_HANDED_OUT_TWICE,
  /** When the outcome of a completion is unknown, the checkpoint is taken for failed. */
  UNKNOWN_OUTCOME_TAKEN_FOR_FAILED,
  /** After a crash, the ids of checkpoints begin anew. */
  CHECKPOINT_ID_REUSED,
  /** What a restored sink had prepared is not committed. */
  PREPARED_FORGOTTEN,
  /** The last record that was captured of a channel is not written. */
  CAPTURED_RECORD_LOST,
  /** The first record that was captured of a channel was processed before the snapshot, too. */
  CAPTURED_ONE_TOO_MANY,
  /** Only what a task has in its first channel is captured. */
  CHANNELS_FORGOTTEN,
  /** The splits that a failed reader does not know of any more are given to nobody. */
  SPLITS_NOT_TAKEN_BACK,
  /** From a failed reader, the splits that it still knows of are taken back, too. */
  ALL_SPLITS_TAKEN_BACK,
  /** The job takes its user's savepoints for its own. */
  SAVEPOINT_TAKEN_FOR_OWN,
  /** A job that was asked to leave its savepoint where it is takes it over. */
  BORROWED_TAKEN_OVER,
  /** A job that was asked to take its savepoint over leaves it where it is. */
  CLAIMED_LEFT,
  /** A savepoint behind which the job stops does not count when it starts again. */
  STOP_PASSED_OVER,
  /** The job stops although its savepoint has come to nothing. */
  STOPPED_WITHOUT_SAVEPOINT,
  /** What a job goes back to when it fails can be removed. */
  NEEDED_SNAPSHOT_DISPOSED,
  /** The first checkpoint of a job that began with what is not its own is like any other. */
  FIRST_CHECKPOINT_NOT_FULL,
  /** A job does not hear that a task manager is lost: its tasks run on. */
  LOST_TASKS_RUN_ON,
  /** The tasks of another task manager than the lost one start again. */
  OTHER_TASK_MANAGER_LOST,
  /** When a task manager is lost, regions start again that have no task there. */
  MORE_THAN_LOST_RESTARTED
}
