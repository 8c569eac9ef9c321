package io.weir.sim;

import java.util.ArrayList;
import java.util.List;

/** Many runs and their figures. */
final class Campaign {
  private static final int PRIME = 31;

  private final List<Simulation.Outcome> failed = new ArrayList<>();
  private long runs;
  private long steps;
  private long checkpoints;
  private long faults;
  private long restarts;
  private long records;
  private long inFlight;
  private long regionFailures;
  private long digest = 1;

  /** Runs a seed; an error of the simulation itself is one of the run. */
  Simulation.Outcome run(long seed) {
    Simulation.Outcome outcome = Simulation.run(seed);
    runs++;
    steps += outcome.steps();
    checkpoints += outcome.checkpoints();
    faults += outcome.faults();
    restarts += outcome.processes() - 1;
    records += outcome.records();
    inFlight += outcome.inFlight();
    regionFailures += outcome.regionFailures();
    digest = digest * PRIME + outcome.digest();
    if (!outcome.isWell()) {
      failed.add(outcome);
    }
    return outcome;
  }

  List<Simulation.Outcome> failed() {
    return failed;
  }

  long checkpoints() {
    return checkpoints;
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

  @Override
  public String toString() {
    return String.format(
        "%d seeds, %d failed: %d steps, %d checkpoints, %d faults, %d crashes, %d records"
            + " committed, %d captured in flight, %d failures of regions, digest %x",
        runs,
        failed.size(),
        steps,
        checkpoints,
        faults,
        restarts,
        records,
        inFlight,
        regionFailures,
        digest);
  }
}
