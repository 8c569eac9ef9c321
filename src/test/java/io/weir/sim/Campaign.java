package io.weir.sim;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Many runs, on all processors, and their figures; the same whatever processors there are. */
final class Campaign {
  private static final int PRIME = 31;

  private final PlantedBug planted;
  private final List<Simulation.Outcome> failed = new ArrayList<>();
  private long runs;
  private long steps;
  private long checkpoints;
  private long savepoints;
  private long stops;
  private long scheduled;
  private long faults;
  private long restarts;
  private long records;
  private long inFlight;
  private long regionFailures;
  private long taskManagersLost;
  private long expired;
  private long digest = 1;

  Campaign(PlantedBug planted) {
    this.planted = planted;
  }

  /**
   * Runs seed after seed.
   *
   * @param goesOn looks at each outcome, in the order of the seeds; whether the next one counts
   */
  void run(long from, int seeds, Predicate<Simulation.Outcome> goesOn) {
    int processors = Runtime.getRuntime().availableProcessors();
    ExecutorService threads = Executors.newFixedThreadPool(processors);
    EngineLog quiet = EngineLog.quiet();
    try {
      Queue<Future<Simulation.Outcome>> ahead = new ArrayDeque<>();
      long next = from;
      boolean isOver = false;
      while (!isOver && (next < from + seeds || !ahead.isEmpty())) {
        while (next < from + seeds && ahead.size() < 2 * processors) {
          long seed = next++;
          ahead.add(threads.submit(() -> Simulation.run(seed, planted, null)));
        }
        Simulation.Outcome outcome = outcomeOf(ahead.remove());
        add(outcome);
        isOver = !goesOn.test(outcome);
      }
    } finally {
      threads.shutdownNow();
      awaitEnd(threads);
      quiet.close();
    }
  }

  private static Simulation.Outcome outcomeOf(Future<Simulation.Outcome> run) {
    try {
      return run.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the simulation itself has failed", e.getCause());
    }
  }

  /** The engine logs to the console again afterwards. */
  private static void awaitEnd(ExecutorService threads) {
    try {
      boolean unused = threads.awaitTermination(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void add(Simulation.Outcome outcome) {
    runs++;
    steps += outcome.steps();
    checkpoints += outcome.checkpoints();
    savepoints += outcome.savepoints();
    stops += outcome.stops();
    scheduled += outcome.scheduled();
    faults += outcome.faults();
    restarts += outcome.processes() - 1;
    records += outcome.records();
    inFlight += outcome.inFlight();
    regionFailures += outcome.regionFailures();
    taskManagersLost += outcome.taskManagersLost();
    expired += outcome.expired();
    digest = digest * PRIME + outcome.digest();
    if (!outcome.isWell()) {
      failed.add(outcome);
    }
  }

  List<Simulation.Outcome> failed() {
    return failed;
  }

  long checkpoints() {
    return checkpoints;
  }

  /** Savepoints that were given to whom had asked for them, behind which the job has gone on. */
  long savepoints() {
    return savepoints;
  }

  /** Stops with a savepoint. */
  long stops() {
    return stops;
  }

  /** Savepoints that jobs have taken by themselves. */
  long scheduled() {
    return scheduled;
  }

  long faults() {
    return faults;
  }

  long restarts() {
    return restarts;
  }

  long inFlight() {
    return inFlight;
  }

  long regionFailures() {
    return regionFailures;
  }

  long taskManagersLost() {
    return taskManagersLost;
  }

  /** Values that had expired when they were looked for. */
  long expired() {
    return expired;
  }

  @Override
  public String toString() {
    return String.format(
        "%d seeds, %d failed: %d steps, %d checkpoints, %d savepoints, %d stops with one, %d by schedule,"
            + " %d faults, %d crashes, %d records committed, %d captured in flight, %d failures of regions,"
            + " %d task managers lost, %d values expired, digest %x",
        runs,
        failed.size(),
        steps,
        checkpoints,
        savepoints,
        stops,
        scheduled,
        faults,
        restarts,
        records,
        inFlight,
        regionFailures,
        taskManagersLost,
        expired,
        digest);
  }
}
