package io.weir.config;

import java.time.Duration;

/** {@code taskmanager.*} and {@code task.*}: where tasks run, and how they are stopped. */
public final class TaskManagerOptions {

  private TaskManagerOptions() {}

  public static final ConfigOption<Integer> NUM_TASK_SLOTS =
      ConfigOptions.key("taskmanager.numberOfTaskSlots")
          .intType()
          .defaultValue(8)
          .withLimit(slots -> slots >= 1, "a whole number of at least 1")
          .withDescription(
              "Slots of one task manager; a job needs as many slots as its largest parallelism. Flink's"
                  + " default is 1.");

  public static final ConfigOption<Integer> NUM_TASK_MANAGERS =
      ConfigOptions.key("taskmanager.count")
          .intType()
          .defaultValue(2)
          .withLimit(count -> count >= 1, "a whole number of at least 1")
          .withDescription(
              "Task managers within this server: groups of slots that fail, and are shown, together.");

  public static final ConfigOption<Duration> TASK_CANCELLATION_INTERVAL =
      ConfigOptions.key("task.cancellation.interval")
          .durationType()
          .defaultValue(Duration.ofSeconds(30))
          .withLimit(interval -> !interval.isZero(), "a duration above 0")
          .withDescription(
              "Time between two attempts to interrupt a task that is being cancelled.");

  public static final ConfigOption<Duration> TASK_CANCELLATION_TIMEOUT =
      ConfigOptions.key("task.cancellation.timeout")
          .durationType()
          .defaultValue(Duration.ofMinutes(3))
          .withDescription(
              "Time after which a task that does not end counts as leaked, and so does its slot; 0 waits"
                  + " for ever. The server is never stopped for it.");
}
