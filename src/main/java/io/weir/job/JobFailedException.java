package io.weir.job;

import io.weir.api.environment.JobStatus;

/**
 * A job has ended in another way than by coming to the end of its input. The cause is what made it
 * fail, if something did.
 */
public final class JobFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public JobFailedException(String jobName, JobStatus status, Throwable cause) {
    super(
        "Job '" + jobName + "' is " + status + (cause == null ? "" : ": " + cause.getMessage()),
        cause);
  }
}
