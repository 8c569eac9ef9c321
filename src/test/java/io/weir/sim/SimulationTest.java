package io.weir.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.testkit.ChildJvm;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Runs many seeds; {@code -Dweir.sim.seeds=N} says how many and {@code -Dweir.sim.from=S} from
 * which on.
 */
class SimulationTest {
  private static final int SEEDS = Integer.getInteger("weir.sim.seeds", 2_000);
  private static final long FROM = Long.getLong("weir.sim.from", 1);

  @Test
  void whateverFails_whatIsCommittedIsWhatTheRecordsGive() {
    Campaign campaign = new Campaign(PlantedBug.NONE);
    campaign.run(FROM, SEEDS, Simulation.Outcome::isWell);
    System.out.println("simulation from seed " + FROM + ": " + campaign);

    assertThat(campaign.failed())
        .as(() -> "scripts/replay " + campaign.failed().get(0).seed() + " shows it step by step")
        .isEmpty();
    assertThat(campaign.checkpoints())
        .as("completed checkpoints: without them the runs prove nothing")
        .isGreaterThan(5L * SEEDS);
    assertThat(campaign.savepoints()).as("savepoints").isGreaterThan(SEEDS / 10);
    assertThat(campaign.stops()).as("stops with a savepoint").isGreaterThan(SEEDS / 10);
    assertThat(campaign.scheduled()).as("scheduled savepoints").isGreaterThan(SEEDS / 10);
    assertThat(campaign.faults()).as("faults").isGreaterThan(2L * SEEDS);
    assertThat(campaign.restarts()).as("crashes").isGreaterThan(SEEDS / 4);
    assertThat(campaign.inFlight())
        .as("records captured in flight: without them unaligned checkpoints prove nothing")
        .isGreaterThan(2L * SEEDS);
    assertThat(campaign.regionFailures())
        .as("failures after which only a part of the tasks started again")
        .isGreaterThan(SEEDS / 4);
    assertThat(campaign.expired()).as("values found expired").isGreaterThan(SEEDS);
    assertThat(campaign.taskManagersLost()).as("task managers lost").isGreaterThan(SEEDS / 10);
  }

  @Test
  void aSeedGivesTheSameRunEveryTime() {
    for (long seed = FROM; seed < FROM + 5; seed++) {
      List<String> lines = new ArrayList<>();
      Simulation.Outcome read = Simulation.run(seed, PlantedBug.NONE, lines::add);

      assertThat(Simulation.run(seed, PlantedBug.NONE, line -> {}))
          .as("the run of seed %s", seed)
          .isEqualTo(read);
      assertThat(lines).isNotEmpty();
    }
  }

  /** Another process has other identity hash codes and other orders of immutable collections. */
  @Test
  void aSeedGivesTheSameRunInAnotherProcess() throws Exception {
    long seed = FROM + 2;
    Process other =
        ChildJvm.of(Simulate.class, "run", "20", Long.toString(seed))
            .redirectErrorStream(true)
            .start();
    String output = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Campaign here = new Campaign(PlantedBug.NONE);
    here.run(seed, 20, outcome -> true);

    assertThat(output).contains(here.toString());
  }
}
