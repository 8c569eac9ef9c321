package io.weir.job.history;

/** What has to start again because of a failure, if the job does. */
public enum FailoverScope {
  /** The tasks that channels join to the one that failed. */
  REGION,
  /** All tasks. */
  JOB
}
