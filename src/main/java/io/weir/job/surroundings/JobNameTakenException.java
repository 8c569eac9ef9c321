package io.weir.job.surroundings;

import io.weir.snapshot.JobId;

/** A job of this name has not ended. */
public final class JobNameTakenException extends Exception {
  private static final long serialVersionUID = 1L;

  public JobNameTakenException(String name, JobId holder) {
    super(
        "There is a job named '"
            + name
            + "' already, with id "
            + holder
            + ", which has not ended. Cancel that one, or give this one another name.");
  }

  /** In this process. */
  public JobNameTakenException(String name) {
    super(
        "A job named '"
            + name
            + "' runs in this process already. Wait for its end or cancel it, or give this one"
            + " another name.");
  }
}
