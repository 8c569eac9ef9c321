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
    Simulation.Outcome found = null;
    for (long seed = 1; seed <= SEEDS && found == null; seed++) {
      Simulation.Outcome outcome = Simulation.run(seed, bug, null);
      if (!outcome.isWell()) {
        found = outcome;
      }
    }

    assertThat(found).as("what the simulation says of %s", bug).isNotNull();
    System.out.println(
        bug
            + " is found by seed "
            + found.seed()
            + ": "
            + found.violation().lines().findFirst().orElse(""));
  }
}
