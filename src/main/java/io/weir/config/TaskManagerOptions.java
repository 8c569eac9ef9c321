package io.weir.config;

import java.time.Duration;

/**
 * {@code taskmanager.*} and {@code task.*}: where tasks run, how much is in flight between them,
 * and how they are stopped.
 */
public final class TaskManagerOptions {

  private TaskManagerOptions() {}

  public static final ConfigOption<Integer> NUM_TASK_MANAGERS =
      ConfigOptions.key("taskmanager.count")
          .intType()
          .defaultValue(1)
          .withLimit(count -> count >= 1, "a whole number of at least 1")
          .withDescription(
              "Task managers within this server: groups of slots that are lost, and are shown, together. Their"
                  + " tasks run in one process all the same. For the whole server or process.");

  public static final ConfigOption<Integer> NUM_TASK_SLOTS =
      ConfigOptions.key("taskmanager.numberOfTaskSlots")
          .intType()
          .noDefaultValue()
          .withLimit(slots -> slots >= 1, "a whole number of at least 1")
          .withDescription(
              "Slots of one task manager. A job that needs more than are free is refused; it needs as many as"
                  + " its largest parallelism, or the sum of that over its slot sharing groups. Not set, there"
                  + " are as many as jobs need; Flink's default is 1. For the whole server or process.");

  public static final ConfigOption<ThreadPer> THREAD_PER =
      ConfigOptions.key("taskmanager.thread-per")
          .enumType(ThreadPer.class)
          .defaultValue(ThreadPer.TASK)
          .withDescription(
              "Which tasks of a job have a thread together: TASK gives each its own, so that a function which"
                  + " blocks holds up nobody else; SLOT gives one to the joined tasks of a slot, which saves"
                  + " wake-ups and threads. SLOT suits functions that do not block in a job whose parallelism"
                  + " is at least the number of cores.");

  public static final ConfigOption<Boolean> JVM_EXIT_ON_OOM =
      ConfigOptions.key("taskmanager.jvm-exit-on-oom")
          .booleanType()
          .defaultValue(false)
          .withDescription(
              "Whether an OutOfMemoryError in a task loses its task manager, with all tasks in its slots;"
                  + " otherwise it is a failure of that task alone. The server is never stopped for it.");

  public static final ConfigOption<Boolean> BUFFER_DEBLOAT_ENABLED =
      ConfigOptions.key("taskmanager.network.memory.buffer-debloat.enabled")
          .booleanType()
          .defaultValue(true)
          .withDescription(
              "Whether a task's input channels hold no more than it processes in the target time, so that"
                  + " unaligned checkpoints stay small and aligned ones quick. Flink's default is false.");

  public static final ConfigOption<Duration> BUFFER_DEBLOAT_TARGET =
      ConfigOptions.key("taskmanager.network.memory.buffer-debloat.target")
          .durationType()
          .defaultValue(Duration.ofSeconds(1))
          .withLimit(target -> target.toMillis() > 0, "a duration of at least 1 ms")
          .withDescription(
              "Time in which what is in flight on the longest path through the job is processed, even if the"
                  + " tasks become half as fast: channels hold work for half of it, and each exchange on the path"
                  + " has an equal share. A channel holds at least one record per batch, at most what it holds"
                  + " without debloating.");

  public static final ConfigOption<Duration> BUFFER_DEBLOAT_PERIOD =
      ConfigOptions.key("taskmanager.network.memory.buffer-debloat.period")
          .durationType()
          .defaultValue(Duration.ofMillis(200))
          .withLimit(period -> period.toMillis() > 0, "a duration of at least 1 ms")
          .withDescription("Time between two measurements of what a task processes.");

  public static final ConfigOption<Integer> BUFFER_DEBLOAT_SAMPLES =
      ConfigOptions.key("taskmanager.network.memory.buffer-debloat.samples")
          .intType()
          .defaultValue(20)
          .withLimit(samples -> samples >= 1, "a whole number of at least 1")
          .withDescription(
              "Measurements over which the size is smoothed: few follow quickly, many sway little.");

  public static final ConfigOption<Integer> BUFFER_DEBLOAT_THRESHOLD_PERCENTAGES =
      ConfigOptions.key("taskmanager.network.memory.buffer-debloat.threshold-percentages")
          .intType()
          .defaultValue(25)
          .withLimit(percent -> percent >= 0, "a whole number of at least 0")
          .withDescription("Percentage by which the size must differ before it is changed.");

  public static final ConfigOption<Duration> TASK_CANCELLATION_INTERVAL =
      ConfigOptions.key("task.cancellation.interval")
          .durationType()
          .defaultValue(Duration.ofSeconds(30))
          .withLimit(interval -> !interval.isZero(), "a duration above 0")
          .withDescription(
              "Time between two attempts to interrupt a task that is being cancelled; the first one comes"
                  + " after 5 s at the latest.");

  public static final ConfigOption<Duration> TASK_CANCELLATION_TIMEOUT =
      ConfigOptions.key("task.cancellation.timeout")
          .durationType()
          .defaultValue(Duration.ofMinutes(3))
          .withDescription(
              "Time after which a task that does not end counts as leaked: the job ends without it, and is"
                  + " FAILED if it was to restart, and its task manager is lost; 0 waits for ever. The server is"
                  + " never stopped for it.");
}
