package io.weir.api.environment;

import java.util.concurrent.CompletableFuture;

/** The handle of a submitted job. Usable from any thread. */
public interface JobClient {
  /** The id of the job: 32 hexadecimal digits. */
  String getJobID();

  CompletableFuture<JobStatus> getJobStatus();

  /** Ends the job; completes when it has been cancelled. */
  CompletableFuture<Void> cancel();

  /**
   * Takes a savepoint and then ends the job, so that nothing is processed after the savepoint.
   *
   * @param advanceToEndOfEventTime whether all timers and windows fire before, because the job is
   *     not meant to go on
   * @param savepointDirectory where it goes, or null for the configured directory
   * @return the path of the savepoint
   */
  CompletableFuture<String> stopWithSavepoint(
      boolean advanceToEndOfEventTime, String savepointDirectory, SavepointFormatType formatType);

  /** As the method above, in the canonical format. */
  default CompletableFuture<String> stopWithSavepoint(
      boolean advanceToEndOfEventTime, String savepointDirectory) {
    return stopWithSavepoint(
        advanceToEndOfEventTime, savepointDirectory, SavepointFormatType.CANONICAL);
  }

  /**
   * Takes a savepoint while the job goes on.
   *
   * @param savepointDirectory where it goes, or null for the configured directory
   * @return the path of the savepoint
   */
  CompletableFuture<String> triggerSavepoint(
      String savepointDirectory, SavepointFormatType formatType);

  /** As the method above, in the canonical format. */
  default CompletableFuture<String> triggerSavepoint(String savepointDirectory) {
    return triggerSavepoint(savepointDirectory, SavepointFormatType.CANONICAL);
  }

  /** Completes when the job has finished, and exceptionally when it has failed or was cancelled. */
  CompletableFuture<JobExecutionResult> getJobExecutionResult();
}
