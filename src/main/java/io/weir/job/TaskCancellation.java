package io.weir.job;

/**
 * Makes the tasks of an attempt stop: tells them to, and interrupts those that do not react. Used
 * by the job's actor alone.
 */
final class TaskCancellation {
  /**
   * After this long, tasks that do not react to their cancellation are interrupted; again each time
   * it is over.
   */
  private static final long INTERVAL_MILLIS = 5_000;

  private final MainThread mainThread;

  TaskCancellation(MainThread mainThread) {
    this.mainThread = mainThread;
  }

  void cancel(AttemptRun run) {
    run.cancel();
    interruptStragglersLater(run);
  }

  private void interruptStragglersLater(AttemptRun run) {
    mainThread.callAfter(
        INTERVAL_MILLIS,
        () -> {
          if (!run.isAllEnded()) {
            run.interruptStragglers();
            interruptStragglersLater(run);
          }
        });
  }
}
