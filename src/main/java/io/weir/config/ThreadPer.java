package io.weir.config;

/** Which tasks of a job have a thread together. */
public enum ThreadPer {
  /** Each has its own. A function that blocks holds up nobody but its own task. */
  TASK,
  /**
   * Those of one slot that are joined, directly or not. Records go from one to the next without
   * waking a thread, but all of them wait while one of them blocks or works.
   */
  SLOT
}
