package io.weir.sim;

import io.weir.testkit.SimulatedCrash;
import java.util.Random;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * What one run is made of, beside the engine: its randomness, its faults, what it has committed.
 */
final class World {
  private static final ThreadLocal<World> HERE = new ThreadLocal<>();

  private final Random random;
  private final PlantedBug planted;
  private final FaultPlan faults;
  private final EventLog log;
  private final Ledger ledger;
  private final Cuts cuts = new Cuts();
  private LongSupplier clock = () -> 0;
  private String violation;
  private long inFlight;
  private boolean crashed;

  World(long seed, PlantedBug planted, EventLog log, Ledger ledger) {
    this.random = new Random(seed * 31 + 7);
    this.planted = planted;
    this.faults = FaultPlan.of(new Random(seed * 31 + 11));
    this.log = log;
    this.ledger = ledger;
  }

  /** The world of the run that this thread is in. */
  static World here() {
    World world = HERE.get();
    if (world == null) {
      throw new IllegalStateException("this function belongs to a simulation");
    }
    return world;
  }

  void enter() {
    HERE.set(this);
  }

  static void leave() {
    HERE.remove();
  }

  Random random() {
    return random;
  }

  UUID name() {
    return new UUID(random.nextLong(), random.nextLong());
  }

  boolean has(PlantedBug bug) {
    return planted == bug;
  }

  FaultPlan faults() {
    return faults;
  }

  EventLog log() {
    return log;
  }

  Ledger ledger() {
    return ledger;
  }

  Cuts cuts() {
    return cuts;
  }

  /** Whether a fault happens here; noted. */
  boolean happens(FaultKind kind, String where) {
    if (crashed || !faults.happens(kind)) {
      return false;
    }
    log.line("!! " + kind + " at " + where);
    return true;
  }

  /** Throws if this fault happens here. */
  void mayFail(FaultKind kind, String where) {
    if (happens(kind, where)) {
      throw new InjectedFault(kind + " at " + where);
    }
  }

  /** The process ends here. */
  SimulatedCrash crash(String where) {
    crashed = true;
    log.line("!! the process ends: " + where);
    return new SimulatedCrash(where);
  }

  /** To be asked in front of everything that has an effect outside of the process. */
  void refuseIfCrashed() {
    if (crashed) {
      throw new SimulatedCrash("the process has already ended");
    }
  }

  /** Says where to look for the time. */
  void clock(LongSupplier millis) {
    clock = millis;
  }

  long nowMillis() {
    return clock.getAsLong();
  }

  /** Tasks have acknowledged so many records in flight. */
  void inFlight(long records) {
    inFlight += records;
  }

  long inFlight() {
    return inFlight;
  }

  boolean isCrashed() {
    return crashed;
  }

  void restarted() {
    crashed = false;
  }

  /** Notes that something is as it must never be; the first such thing counts. */
  void violated(String what) {
    log.line("## " + what);
    if (violation == null) {
      violation = what;
    }
  }

  /** What is wrong, or null. */
  String violation() {
    return violation;
  }

  /** What a function throws on purpose. */
  static final class InjectedFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InjectedFault(String where) {
      super("injected fault: " + where, null, false, true);
    }
  }
}
