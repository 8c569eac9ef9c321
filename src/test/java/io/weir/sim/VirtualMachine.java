package io.weir.sim;

import io.weir.engine.Clock;
import io.weir.engine.Task;
import io.weir.engine.TaskListener;
import io.weir.job.surroundings.TaskRunner;
import io.weir.job.surroundings.Timers;
import io.weir.plan.PipelinedRegions;
import io.weir.snapshot.TaskId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * All threads and the clock of a process: each piece of work is one choice of the seeded scheduler,
 * and time goes on when there is nothing else to do, or now and then.
 */
final class VirtualMachine implements Clock, Timers, TaskRunner {
  /** One in so many steps lets time go on although there is something to do. */
  private static final int STEPS_PER_MILLI = 40;

  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final int LONGEST_JUMP_MILLIS = 40_000;
  private static final int LONGEST_IO_MILLIS = 3_000;

  /** One in so many times something slow does what it is chosen for. */
  private static final int RELUCTANCE = 20;

  /** So slow that records pile up in front of a task. */
  private static final int GREAT_RELUCTANCE = 300;

  /**
   * For so many steps after the last fault what is slow stays so. Slowness is a fault, too: tasks
   * that are slower than checkpoints may be would never come to their end.
   */
  private static final long SLOW_STEPS = 150_000;

  private static final String IO = "io";
  private static final String MASTER = "master";

  /** Work that somebody has handed to an executor. */
  private record Work(String kind, Runnable action) {}

  private record Callback(long timeMillis, long sequence, String kind, Runnable action)
      implements Comparable<Callback> {
    @Override
    public int compareTo(Callback other) {
      int byTime = Long.compare(timeMillis, other.timeMillis);
      return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
    }
  }

  /** A task, and when it was seen to have nothing to do. */
  private static final class Running {
    private final Task task;
    private final boolean isSlow;
    private long idleSince = -1;

    Running(Task task, boolean isSlow) {
      this.task = task;
      this.isSlow = isSlow;
    }
  }

  private final World world;
  private final Random random;
  private final boolean hasSlowTasks;
  private final int reluctanceOfTasks;
  private final boolean hasSlowIo;
  private final boolean hasSlowMaster;
  private final List<Work> ready = new ArrayList<>();
  private final PriorityQueue<Callback> callbacks = new PriorityQueue<>();
  private final List<Running> tasks = new ArrayList<>();
  private Letters letters;
  private long nowMillis = 1_000;
  private long sequence;
  private Supplier<PipelinedRegions> regions;
  private long steps;

  /** Grows whenever something happens that may give a task something to do. */
  private long changes;

  VirtualMachine(World world) {
    this.world = world;
    this.random = world.random();
    this.hasSlowTasks = random.nextBoolean();
    this.reluctanceOfTasks = random.nextBoolean() ? RELUCTANCE : GREAT_RELUCTANCE;
    this.hasSlowIo = random.nextInt(3) == 0;
    this.hasSlowMaster = random.nextInt(3) == 0;
    this.letters = new Letters(world, this);
    world.clock(this::nowMillis);
  }

  @Override
  public long nowMillis() {
    return nowMillis;
  }

  @Override
  public long nanoTime() {
    return nowMillis * NANOS_PER_MILLI;
  }

  long steps() {
    return steps;
  }

  Executor actors() {
    return action -> ready.add(new Work(MASTER, action));
  }

  Executor blocking() {
    return action -> {
      if (world.happens(FaultKind.SLOW_IO, "the executor of blocking work")) {
        later(nowMillis + 1 + random.nextInt(LONGEST_IO_MILLIS), IO, action);
      } else {
        ready.add(new Work(IO, action));
      }
    };
  }

  @Override
  public void callAt(long timeMillis, Runnable action) {
    later(timeMillis, "timer", action);
  }

  void later(long timeMillis, String kind, Runnable action) {
    callbacks.add(new Callback(timeMillis, sequence++, kind, action));
  }

  /** Says which tasks must not run any more when one of them starts again. */
  void regions(Supplier<PipelinedRegions> ofTheJob) {
    regions = ofTheJob;
  }

  /** Whether each task of the job has to start again when these do. */
  boolean isAllOfTheJob(Set<TaskId> tasks) {
    return !tasks.isEmpty()
        && regions.get().regions().stream()
            .noneMatch(region -> Collections.disjoint(region, tasks));
  }

  @Override
  public TaskListener listener(TaskListener master) {
    return letters.to(master);
  }

  @Override
  public Handle run(List<Task> sharing) {
    sharing.forEach(this::run);
    return () -> sharing.forEach(task -> task.mailbox().cancel());
  }

  private void run(Task task) {
    world.log().detail(() -> "deploy " + task.name() + " of attempt " + task.attempt().attempt());
    Set<TaskId> region = regions.get().of(task.attempt().task());
    for (Running other : tasks) {
      if (!other.task.state().isTerminal()
          && region.contains(other.task.attempt().task())
          && other.task.attempt().attempt() != task.attempt().attempt()) {
        world.violated(
            "attempt "
                + task.attempt().attempt()
                + " starts while "
                + other.task.name()
                + " of attempt "
                + other.task.attempt().attempt()
                + " runs");
      }
    }
    tasks.add(new Running(task, hasSlowTasks && random.nextInt(3) == 0));
    letters.deployed(task);
    changes++;
  }

  /** The process has ended: nothing of what it had to do is left. */
  void crash() {
    ready.clear();
    callbacks.clear();
    tasks.clear();
    letters = new Letters(world, this);
  }

  /** What stands between the tasks of this process and their master. */
  Letters letters() {
    return letters;
  }

  /** Takes one step; whether there was one to take. */
  boolean step() {
    steps++;
    world.log().at(steps, nowMillis);
    if (world.happens(FaultKind.CLOCK_JUMP, "the clock")) {
      goOnTo(nowMillis + 1 + random.nextInt(LONGEST_JUMP_MILLIS));
    } else if (random.nextInt(STEPS_PER_MILLI) == 0) {
      goOnTo(nowMillis + 1);
    }
    tasks.removeIf(running -> running.task.state().isTerminal());
    int choices = ready.size() + tasks.size();
    if (choices > 0) {
      int first = random.nextInt(choices);
      for (int i = 0; i < choices; i++) {
        int choice = (first + i) % choices;
        if (isReluctant(choice)) {
          continue;
        }
        if (take(choice)) {
          world.log().add(choice);
          return true;
        }
      }
      if (!ready.isEmpty()) {
        runWork(random.nextInt(ready.size()));
        return true;
      }
      if (tasks.stream().anyMatch(running -> running.idleSince < changes)) {
        return true;
      }
    }
    return goOn();
  }

  /** The first step from which on everything is as quick as it can. */
  long recoveredFrom() {
    return world.faults().quietFrom() + SLOW_STEPS;
  }

  private boolean isReluctant(int choice) {
    if (steps >= recoveredFrom()) {
      return false;
    }
    int reluctance = choice < ready.size() ? RELUCTANCE : reluctanceOfTasks;
    return isSlow(choice) && random.nextInt(reluctance) != 0;
  }

  private boolean isSlow(int choice) {
    if (choice >= ready.size()) {
      return tasks.get(choice - ready.size()).isSlow;
    }
    return switch (ready.get(choice).kind) {
      case IO -> hasSlowIo;
      case MASTER -> hasSlowMaster;
      default -> false;
    };
  }

  private boolean take(int choice) {
    if (choice < ready.size()) {
      runWork(choice);
      return true;
    }
    Running running = tasks.get(choice - ready.size());
    if (running.idleSince == changes && running.task.nextTimerMillis() > nowMillis) {
      return false;
    }
    if (!running.task.step()) {
      running.idleSince = changes;
      return false;
    }
    changes++;
    world.log().detail(() -> "task " + running.task.name() + " " + running.task.state());
    return true;
  }

  private void runWork(int index) {
    Work work = ready.remove(index);
    world.log().detail(() -> work.kind);
    changes++;
    work.action.run();
  }

  /** Nothing can be done now: lets time go on to what comes next. */
  private boolean goOn() {
    long next = callbacks.isEmpty() ? Long.MAX_VALUE : callbacks.peek().timeMillis;
    for (Running running : tasks) {
      next = Math.min(next, running.task.nextTimerMillis());
    }
    if (next == Long.MAX_VALUE) {
      return false;
    }
    goOnTo(Math.max(next, nowMillis));
    return true;
  }

  private void goOnTo(long millis) {
    nowMillis = millis;
    while (!callbacks.isEmpty() && callbacks.peek().timeMillis <= nowMillis) {
      Callback due = callbacks.remove();
      ready.add(new Work(due.kind, due.action));
    }
    changes++;
  }

  /** What there is to do, for who looks for the reason of a standstill. */
  String describe() {
    StringBuilder text = new StringBuilder("at " + nowMillis + " ms, step " + steps + "\n");
    for (Running running : tasks) {
      text.append("  ")
          .append(running.task.name())
          .append(" attempt ")
          .append(running.task.attempt().attempt())
          .append(' ')
          .append(running.task.state())
          .append(", outputs filled to ")
          .append(running.task.outputFillRatio())
          .append('\n');
    }
    return text.append("  ready ").append(ready.size()).append('\n').toString();
  }
}
