package io.weir.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** That the simulation finds bugs: those that are planted. */
class PlantedBugsTest {
  private static final int SEEDS = 200;

  @ParameterizedTest
  @EnumSource(value = PlantedBug.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void aPlantedBugIsFoundWithinTwoHundredSeeds(PlantedBug bug) {
    Campaign campaign = new Campaign(bug);
    campaign.run(1, SEEDS, Simulation.Outcome::isWell);

    assertThat(campaign.failed()).as("what the simulation says of %s", bug).isNotEmpty();
    Simulation.Outcome found = campaign.failed().get(0);
    System.out.println(
        bug
            + " is found by seed "
            + found.seed()
            + ": "
            + found.violation().lines().findFirst().orElse(""));
  }
}
