package io.weir.job.execution;

import io.weir.config.Configuration;
import io.weir.config.TaskManagerOptions;
import io.weir.engine.Task;
import io.weir.job.surroundings.MainThread;
import io.weir.snapshot.TaskId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Makes tasks of a job stop: tells them to, interrupts those that do not react, again and again,
 * and at last gives up on them. Used by the job's actor alone.
 */
public final class TaskCancellation {
  /** The first interruption comes soon: the server may be waiting for its stop. */
  private static final long LONGEST_PATIENCE_MILLIS = 5_000;

  private final MainThread mainThread;
  private final long intervalMillis;
  private final long timeoutMillis;
  private final BiConsumer<AttemptRun, List<Task>> leaked;

  /**
   * Cancels nothing yet.
   *
   * @param leaked told which tasks of a run have not ended in time
   */
  public TaskCancellation(
      MainThread mainThread,
      Configuration configuration,
      BiConsumer<AttemptRun, List<Task>> leaked) {
    this.mainThread = mainThread;
    this.intervalMillis =
        configuration.get(TaskManagerOptions.TASK_CANCELLATION_INTERVAL).toMillis();
    this.timeoutMillis = configuration.get(TaskManagerOptions.TASK_CANCELLATION_TIMEOUT).toMillis();
    this.leaked = leaked;
  }

  public void cancel(AttemptRun run, Set<TaskId> tasks) {
    List<Task> told = run.cancel(tasks);
    if (told.isEmpty()) {
      return;
    }
    interruptStragglersLater(run, told, Math.min(LONGEST_PATIENCE_MILLIS, intervalMillis));
    if (timeoutMillis > 0) {
      mainThread.callAfter(timeoutMillis, () -> giveUpStragglers(run, told));
    }
  }

  private void interruptStragglersLater(AttemptRun run, List<Task> canceled, long delayMillis) {
    mainThread.callAfter(
        delayMillis,
        () -> {
          List<Task> stragglers = stragglers(run, canceled);
          if (!stragglers.isEmpty()) {
            stragglers.forEach(run::interrupt);
            interruptStragglersLater(run, stragglers, intervalMillis);
          }
        });
  }

  private void giveUpStragglers(AttemptRun run, List<Task> canceled) {
    List<Task> stragglers = stragglers(run, canceled);
    if (!stragglers.isEmpty()) {
      leaked.accept(run, stragglers);
    }
  }

  private static List<Task> stragglers(AttemptRun run, List<Task> canceled) {
    List<Task> stragglers = new ArrayList<>(canceled);
    stragglers.removeIf(task -> !run.isUnderWay(task));
    return stragglers;
  }
}
