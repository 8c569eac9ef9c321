package io.weir.api.environment;

/** Where a job is in its life. */
public enum JobStatus {
  INITIALIZING(false),
  CREATED(false),
  RUNNING(false),
  /** A failure is being handled; the tasks are being canceled. */
  FAILING(false),
  FAILED(true),
  CANCELLING(false),
  CANCELED(true),
  FINISHED(true),
  /** Waits for its next attempt. */
  RESTARTING(false),
  /** Has been stopped and keeps its state; it can be resumed. */
  SUSPENDED(false),
  RECONCILING(false);

  private final boolean terminal;

  JobStatus(boolean terminal) {
    this.terminal = terminal;
  }

  /** Whether the job has ended for good and nothing can start it again. */
  public boolean isGloballyTerminalState() {
    return terminal;
  }

  /** Whether the job has ended here; a suspended one can be resumed. */
  public boolean isTerminalState() {
    return terminal || this == SUSPENDED;
  }
}
