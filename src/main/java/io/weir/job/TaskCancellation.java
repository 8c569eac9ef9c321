package io.weir.job;

import io.weir.engine.Task;
import io.weir.snapshot.TaskId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Makes tasks of a job stop: tells them to, and interrupts those that do not react. Used by the
 * job's actor alone.
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

  void cancel(AttemptRun run, Set<TaskId> tasks) {
    interruptStragglersLater(run, run.cancel(tasks));
  }

  private void interruptStragglersLater(AttemptRun run, List<Task> canceled) {
    if (canceled.isEmpty()) {
      return;
    }
    mainThread.callAfter(
        INTERVAL_MILLIS,
        () -> {
          List<Task> stragglers = new ArrayList<>(canceled);
          stragglers.removeIf(task -> !run.interrupt(task));
          interruptStragglersLater(run, stragglers);
        });
  }
}
