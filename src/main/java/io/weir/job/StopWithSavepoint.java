package io.weir.job;

import io.weir.api.environment.JobStatus;
import java.util.concurrent.CompletableFuture;

/**
 * A job's way to its end behind a savepoint. Until the savepoint is complete the job can always go
 * on as if nobody had asked; then its tasks have a limited time to end. Used by the job's actor
 * alone.
 */
final class StopWithSavepoint {
  /** How long the tasks may take to end, their sinks to commit, behind a complete savepoint. */
  static final long FINISHING_MILLIS = 60_000;

  private final String jobName;
  private final CompletableFuture<String> answer;

  /** Null until the savepoint is complete. */
  private String path;

  /**
   * @param answer gives the path of the savepoint when the job has finished; fails with the reason
   *     if it goes on
   */
  StopWithSavepoint(String jobName, CompletableFuture<String> answer) {
    this.jobName = jobName;
    this.answer = answer;
  }

  void savepointTaken(String where) {
    path = where;
  }

  /** Whether the savepoint is complete and the tasks are ending. */
  boolean isFinishing() {
    return path != null;
  }

  /** Why the job has finished. */
  String reason() {
    return "stopped with the savepoint at " + path;
  }

  /** What goes wrong if the tasks have not ended within their time. */
  String overdue() {
    return "the savepoint at "
        + path
        + " is complete, but "
        + FINISHING_MILLIS / 1000
        + " s later not all tasks have ended";
  }

  /** The savepoint came to nothing. */
  void savepointFailed(Throwable why) {
    answer.completeExceptionally(
        new StopFailedException(
            "Job '" + jobName + "' was not stopped with a savepoint: " + why.getMessage(), why));
  }

  /** The job fails before it has ended. */
  void jobFailed(Throwable cause) {
    if (isFinishing()) {
      answer.completeExceptionally(
          new StopFailedException(
              "The savepoint at "
                  + path
                  + " is complete, but job '"
                  + jobName
                  + "' failed before it had ended, and goes on from there: "
                  + cause.getMessage()
                  + ". Stop it again.",
              cause));
    }
  }

  void jobEnded(JobStatus status) {
    if (status == JobStatus.FINISHED && isFinishing()) {
      answer.complete(path);
    } else {
      String savepoint = isFinishing() ? "; the savepoint at " + path + " is complete" : "";
      answer.completeExceptionally(
          new StopFailedException(
              "Job '" + jobName + "' is " + status + savepoint + ".", /* cause= */ null));
    }
  }

  /** The job did not stop as it was asked to. The message says why, and what it does now. */
  static final class StopFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    StopFailedException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
