package io.weir.sim;

import java.io.PrintStream;

/** Runs many seeds, or shows one: what {@code scripts/simulate} and {@code scripts/replay} call. */
final class Simulate {
  private static final int MILLIS_PER_SECOND = 1_000;

  private Simulate() {}

  /** {@code run SEEDS FROM} or {@code replay SEED [BUG]}. */
  public static void main(String[] arguments) {
    boolean well =
        switch (arguments[0]) {
          case "run" -> run(Integer.parseInt(arguments[1]), Long.parseLong(arguments[2]));
          case "replay" ->
              replay(
                  Long.parseLong(arguments[1]),
                  arguments.length > 2 ? PlantedBug.valueOf(arguments[2]) : PlantedBug.NONE);
          default -> throw new IllegalArgumentException("run or replay, not " + arguments[0]);
        };
    System.exit(well ? 0 : 1);
  }

  private static boolean run(int seeds, long from) {
    Campaign campaign = new Campaign(PlantedBug.NONE);
    long start = System.nanoTime();
    campaign.run(
        from,
        seeds,
        outcome -> {
          if (!outcome.isWell()) {
            System.out.println(
                "seed "
                    + outcome.seed()
                    + ": "
                    + outcome.violation().lines().findFirst().orElse("")
                    + " (scripts/replay "
                    + outcome.seed()
                    + ")");
          }
          return true;
        });
    System.out.printf(
        "%s in %.1f s%n", campaign, (System.nanoTime() - start) / 1e6 / MILLIS_PER_SECOND);
    return campaign.failed().isEmpty();
  }

  private static boolean replay(long seed, PlantedBug planted) {
    PrintStream out = System.out;
    Simulation.Outcome outcome = Simulation.run(seed, planted, out::println);
    out.println((outcome.isWell() ? "OK" : "FAILED: " + outcome.violation()));
    out.printf(
        "seed %d: %d steps, %d ms, %d checkpoints, %d savepoints, %d stops, %d processes, %d faults, %d records, digest %x%n",
        seed,
        outcome.steps(),
        outcome.millis(),
        outcome.checkpoints(),
        outcome.savepoints(),
        outcome.stops(),
        outcome.processes(),
        outcome.faults(),
        outcome.records(),
        outcome.digest());
    return outcome.isWell();
  }
}
