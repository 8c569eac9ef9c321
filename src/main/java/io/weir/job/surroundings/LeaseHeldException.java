package io.weir.job.surroundings;

import java.time.Instant;

/** Another server runs the job. */
public final class LeaseHeldException extends Exception {
  private static final long serialVersionUID = 1L;

  public LeaseHeldException(String jobName, String owner, long untilMillis) {
    super(
        "Job '"
            + jobName
            + "' is leased by server '"
            + owner
            + "' until "
            + Instant.ofEpochMilli(untilMillis)
            + ". Stop it there, or wait until the lease has run out.");
  }
}
