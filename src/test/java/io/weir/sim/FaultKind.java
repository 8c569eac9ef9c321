package io.weir.sim;

/** What can go wrong. */
enum FaultKind {
  /** A function throws while it processes a record. */
  PROCESS,
  /** A function throws when its timer fires. */
  TIMER,
  /** A function throws in the synchronous part of a snapshot. */
  SNAPSHOT,
  /** A function throws while it restores its state. */
  RESTORE,
  /** A function throws when it is told of a completed checkpoint. */
  NOTIFY,
  /** A committer fails before it has committed. */
  COMMIT_BEFORE,
  /** A committer has committed and fails all the same. */
  COMMIT_AFTER,
  COMMIT_RETRY,
  /** The enumerator of a source cannot give its state. */
  ENUMERATOR_SNAPSHOT,
  STORAGE_FAIL,
  STORAGE_FAIL_AFTER_EFFECT,
  STORAGE_CORRUPT_READ,
  /** The process ends in front of a step of the storage. */
  STORAGE_CRASH,
  CATALOG_FAILS_BEFORE,
  /** The change is durable, but whoever asked for it is told that it failed. */
  CATALOG_FAILS_AFTER,
  /** Some calls in a row fail. */
  CATALOG_OUTAGE,
  CATALOG_CRASH_BEFORE,
  CATALOG_CRASH_AFTER,
  /** A task manager is lost. */
  TASK_MANAGER_LOST,
  /** The process ends between two steps. */
  CRASH,
  /** What a task says about a checkpoint gets lost. */
  LETTER_LOST,
  LETTER_TWICE,
  LETTER_LATE,
  /** A task hears again of an old checkpoint. */
  STALE_NOTIFICATION,
  /** Work that may block takes a long time to begin. */
  SLOW_IO,
  CLOCK_JUMP
}
