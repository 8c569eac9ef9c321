package io.weir.job;

import io.weir.api.environment.JobStatus;
import io.weir.job.checkpoints.TakenCheckpoint;
import io.weir.job.surroundings.MainThread;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A job's way to its end behind a savepoint. Until the savepoint is complete the job can always go
 * on as if nobody had asked. With its completion the stop is settled: the tasks have a limited time
 * to end, and if something fails meanwhile, or the server comes to its end, the job starts again
 * only to commit what its sinks had prepared, and to end. Used by the job's actor alone.
 */
final class StopWithSavepoint {
  /** How long the tasks may take to end, their sinks to commit, behind a complete savepoint. */
  private static final long FINISHING_MILLIS = 60_000;

  /** What it needs of the job's scheduler. */
  interface Master {
    /** Whether the job runs, and nothing but the savepoint makes it stop. */
    boolean isToRun();

    void failed(Throwable cause);
  }

  private final String jobName;
  private final JobJournal journal;
  private final MainThread mainThread;
  private final Master master;

  /** Null if nobody waits for it. */
  private CompletableFuture<String> answer;

  /** Of the savepoint; null until it is complete. */
  private String path;

  /** How often tasks have begun to end. */
  private int endings;

  /** Whether tasks may have fired their last timers although the job goes on. */
  private boolean mayHaveDrained;

  StopWithSavepoint(String jobName, JobJournal journal, MainThread mainThread, Master master) {
    this.jobName = jobName;
    this.journal = journal;
    this.mainThread = mainThread;
    this.master = master;
  }

  /** Whether the job is on its way. */
  boolean isUnderWay() {
    return answer != null || path != null;
  }

  /**
   * Whether no task may start again without all others: they end together behind the savepoint, or
   * some have drained for one that has failed.
   */
  boolean tiesAllTasks() {
    return isUnderWay() || mayHaveDrained;
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
   * @param drains whether the tasks fire all their timers before the savepoint
   * @param request asks for the savepoint
   */
  void begin(
      CompletableFuture<String> asked,
      boolean drains,
      Consumer<CompletableFuture<TakenCheckpoint>> request) {
    if (isUnderWay()) {
      asked.completeExceptionally(
          new IllegalStateException(
              "job '" + jobName + "' is being stopped with a savepoint already"));
      return;
    }
    answer = asked;
    mayHaveDrained |= drains;
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
      limitTime();
    }
  }

  /** All tasks start from a snapshot. */
  void allTasksStart() {
    mayHaveDrained = false;
  }

  /** The job is started again behind the complete savepoint. */
  void resume(String savepoint) {
    path = savepoint;
    limitTime();
  }

  /** The job is started from something else: it goes on. */
  void withdraw() {
    if (isFinishing()) {
      fail(
          "The savepoint at "
              + path
              + " was complete, but cannot be used, and job '"
              + jobName
              + "' goes on. Stop it again.",
          /* cause= */ null);
    }
  }

  private void limitTime() {
    int present = ++endings;
    mainThread.callAfter(FINISHING_MILLIS, () -> overdue(present));
  }

  private void overdue(int ending) {
    if (ending == endings && isFinishing()) {
      master.failed(
          new TimeoutException(
              "the savepoint at "
                  + path
                  + " is complete, but "
                  + FINISHING_MILLIS / 1000
                  + " s later not all tasks have ended"));
    }
  }

  void jobEnded(JobStatus status) {
    if (status == JobStatus.FINISHED && isFinishing()) {
      if (answer != null) {
        answer.complete(path);
      }
    } else if (isUnderWay()) {
      String savepoint = isFinishing() ? "; the savepoint at " + path + " is complete" : "";
      fail("Job '" + jobName + "' is " + status + savepoint + ".", /* cause= */ null);
    }
    answer = null;
    path = null;
  }

  private void fail(String message, Throwable cause) {
    CompletableFuture<String> failed = answer;
    answer = null;
    path = null;
    if (failed != null) {
      failed.completeExceptionally(new StopFailedException(message, cause));
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
