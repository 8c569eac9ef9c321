package io.weir.job.execution;

import io.weir.config.Configuration;
import io.weir.config.TaskManagerOptions;
import io.weir.job.description.JobDescription;
import io.weir.plan.NoResourceAvailableException;
import io.weir.plan.SlotPool;
import io.weir.plan.SlotSharing;
import io.weir.plan.TaskManagerId;
import io.weir.snapshot.JobId;
import io.weir.snapshot.TaskId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The task managers of one server or process: gives jobs their slots, and tells them when a task
 * manager is lost. Its tasks share the process with all others; what a task manager is, is that
 * they fail together. Safe for use by several threads.
 */
public final class TaskManagers {
  private static final Logger LOG = LoggerFactory.getLogger(TaskManagers.class);

  /** Hears of each loss. */
  public interface Listener {
    void taskManagerLost(TaskManagerId lost, TaskManagerLostException why);
  }

  private final AtomicReference<SlotPool> pool;
  private final Listener jobs;

  public TaskManagers(Configuration configuration, Listener jobs) {
    this.pool =
        new AtomicReference<>(
            SlotPool.of(
                configuration.get(TaskManagerOptions.NUM_TASK_MANAGERS),
                configuration
                    .getOptional(TaskManagerOptions.NUM_TASK_SLOTS)
                    .map(OptionalInt::of)
                    .orElse(OptionalInt.empty())));
    this.jobs = jobs;
  }

  /** The task managers and the slots as they are now. */
  public SlotPool pool() {
    return pool.get();
  }

  /**
   * Gives a job the slots that it keeps until it ends.
   *
   * @throws NoResourceAvailableException if not so many are free
   */
  public void allocate(JobDescription job) throws NoResourceAvailableException {
    int slots = SlotSharing.of(job.plan()).slots();
    SlotPool before;
    SlotPool after;
    do {
      before = pool.get();
      after = before.allocate(job.id(), slots);
    } while (!pool.compareAndSet(before, after));
  }

  public void release(JobId job) {
    pool.updateAndGet(present -> present.release(job));
  }

  /** Where each task of a job that has slots runs if it starts now. */
  public Map<TaskId, TaskManagerId> locate(JobDescription job) {
    SlotPool present = pool.get();
    Map<TaskId, TaskManagerId> places = new HashMap<>();
    SlotSharing.of(job.plan())
        .slotOf()
        .forEach((task, slot) -> places.put(task, present.taskManagerOf(job.id(), slot)));
    return places;
  }

  /**
   * Fails all tasks in the slots of a task manager. Another takes its place at once, with the same
   * slots.
   *
   * @param why a sentence
   * @return the one in its place; empty if there is no such task manager, or not any more
   */
  public Optional<TaskManagerId> lose(TaskManagerId lost, String why) {
    return lose(lost, why, /* cause= */ null);
  }

  /**
   * A task manager is lost with all that runs in its slots; another takes its place.
   *
   * @param cause null if nothing was thrown
   */
  public Optional<TaskManagerId> lose(TaskManagerId lost, String why, Throwable cause) {
    Optional<TaskManagerId> next = replace(lost);
    next.ifPresent(
        registered -> {
          TaskManagerLostException loss = new TaskManagerLostException(lost, why, cause);
          LOG.error("{} {} takes its place.", loss.getMessage(), registered, cause);
          jobs.taskManagerLost(lost, loss);
        });
    return next;
  }

  private Optional<TaskManagerId> replace(TaskManagerId lost) {
    SlotPool before = pool.getAndUpdate(present -> present.replace(lost));
    return before.taskManagers().contains(lost) ? Optional.of(lost.next()) : Optional.empty();
  }
}
