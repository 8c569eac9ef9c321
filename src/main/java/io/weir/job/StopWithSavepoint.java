package io.weir.job;

import io.weir.api.environment.JobStatus;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A job's way to its end behind a savepoint. Until the savepoint is complete the job can always go
 * on as if nobody had asked; then its tasks have a limited time to end. Used by the job's actor
 * alone.
 */
final class StopWithSavepoint {
  /** How long the tasks may take to end, their sinks to commit, behind a complete savepoint. */
  private static final long FINISHING_MILLIS = 60_000;

  /** What it needs of the job's scheduler. */
  interface Master {
    /** Whether the job runs, and nothing but the savepoint makes it stop. */
    boolean isToRun();

    /** What has made the job fail; null if nothing has. */
    Throwable failure();

    void failed(Throwable cause);
  }

  private final String jobName;
  private final JobJournal journal;
  private final MainThread mainThread;
  private final Master master;

  /** Null if nobody has asked. */
  private CompletableFuture<String> answer;

  /** Of the savepoint; null until it is complete. */
  private String path;

  StopWithSavepoint(String jobName, JobJournal journal, MainThread mainThread, Master master) {
    this.jobName = jobName;
    this.journal = journal;
    this.mainThread = mainThread;
    this.master = master;
  }

  /** Whether the job is on its way. */
  boolean isUnderWay() {
    return answer != null;
  }

  /** Whether the savepoint is complete and the tasks are ending. */
  boolean isFinishing() {
    return path != null;
  }

  /** Why the job has finished. */
  String reason() {
    return "stopped with the savepoint at " + path;
  }

  /**
   * Sets the job on its way.
   *
   * @param asked gives the path of the savepoint when the job has finished; fails with the reason
   *     if it goes on
   * @param request asks for the savepoint
   */
  void begin(
      CompletableFuture<String> asked, Consumer<CompletableFuture<TakenCheckpoint>> request) {
    if (isUnderWay()) {
      asked.completeExceptionally(
          new IllegalStateException(
              "job '" + jobName + "' is being stopped with a savepoint already"));
      return;
    }
    answer = asked;
    CompletableFuture<TakenCheckpoint> savepoint = new CompletableFuture<>();
    CompletableFuture<TakenCheckpoint> unused = savepoint.whenComplete(this::savepointEnded);
    request.accept(savepoint);
  }

  private void savepointEnded(TakenCheckpoint savepoint, Throwable failed) {
    if (failed != null) {
      journal.decided("go on", "the job was to stop, but " + failed.getMessage());
      fail(
          "Job '" + jobName + "' was not stopped with a savepoint: " + failed.getMessage(), failed);
      return;
    }
    path = savepoint.path();
    journal.decided("stop", "the savepoint at " + path + " is complete");
    if (master.isToRun()) {
      CompletableFuture<String> present = answer;
      mainThread.callAfter(FINISHING_MILLIS, () -> overdue(present));
    } else if (master.failure() != null) {
      jobFailed(master.failure());
    }
  }

  private void overdue(CompletableFuture<String> overdue) {
    if (answer == overdue) {
      master.failed(
          new TimeoutException(
              "the savepoint at "
                  + path
                  + " is complete, but "
                  + FINISHING_MILLIS / 1000
                  + " s later not all tasks have ended"));
    }
  }

  /** The job fails before it has ended. */
  void jobFailed(Throwable cause) {
    if (isFinishing()) {
      fail(
          "The savepoint at "
              + path
              + " is complete, but job '"
              + jobName
              + "' failed before it had ended, and goes on from there: "
              + cause.getMessage()
              + ". Stop it again.",
          cause);
    }
  }

  void jobEnded(JobStatus status) {
    if (!isUnderWay()) {
      return;
    }
    if (status == JobStatus.FINISHED && isFinishing()) {
      answer.complete(path);
    } else {
      String savepoint = isFinishing() ? "; the savepoint at " + path + " is complete" : "";
      fail("Job '" + jobName + "' is " + status + savepoint + ".", /* cause= */ null);
    }
    answer = null;
  }

  private void fail(String message, Throwable cause) {
    CompletableFuture<String> failed = answer;
    answer = null;
    path = null;
    failed.completeExceptionally(new StopFailedException(message, cause));
  }

  /** The job did not stop as it was asked to. The message says why, and what it does now. */
  static final class StopFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    StopFailedException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
