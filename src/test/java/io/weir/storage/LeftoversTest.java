package io.weir.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.testkit.SimulatedCrash;
import io.weir.testkit.StorageFault;
import io.weir.testkit.StorageFaults;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However checkpoints come to their end, one sweep leaves what is referenced and nothing else. */
class LeftoversTest {
  private static final int ROUNDS = 500;
  private static final int RETAINED = 3;
  private static final int MAX_STEPS = 30;
  private static final String JOB =
      CheckpointStorageFixture.ROOT + "/" + io.weir.testkit.SampleSnapshots.JOB;

  private CheckpointStorageFixture fixture;
  private SplittableRandom random;

  /** As a catalog has them: completed, and not removed. */
  private final TreeSet<Long> completed = new TreeSet<>();

  /** Subsumed, and not certainly removed yet. */
  private final Set<Long> subsumed = new HashSet<>();

  private int crashes;
  private int failures;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void afterManyAbortsAndKillsOneSweepLeavesWhatIsReferenced(long seed) throws IOException {
    fixture = new CheckpointStorageFixture(seed);
    random = new SplittableRandom(seed);
    for (long id = 1; id <= ROUNDS; id++) {
      disturb();
      try {
        round(id);
      } catch (SimulatedCrash crash) {
        crashes++;
        fixture.disk.crash();
      }
    }
    fixture.disk.setFaults(StorageFaults.NONE);
    removeSubsumed();
    assertThat(crashes).isGreaterThan(50);
    assertThat(failures).isGreaterThan(50);

    fixture.nowMillis += 1;
    fixture.storage.remove(
        fixture.storage.orphans(
            completed.stream().map(fixture.storage::pathOf).collect(Collectors.toSet()),
            Duration.ZERO,
            fixture.nowMillis));

    assertThat(completed).hasSizeBetween(1, RETAINED);
    assertThat(
            fixture.disk.locations().stream()
                .map(file -> file.substring(0, file.lastIndexOf('/')))
                .collect(Collectors.toSet()))
        .isEqualTo(completed.stream().map(id -> JOB + "/chk-" + id).collect(Collectors.toSet()));
    for (long id : completed) {
      CheckpointStorageFixture.readAll(fixture.storage, fixture.storage.pathOf(id));
    }
  }

  /** In one of three rounds a crash, in one a failure, at a step that may not be reached. */
  private void disturb() {
    int at = random.nextInt(MAX_STEPS);
    int kind = random.nextInt(3);
    int[] taken = {0};
    fixture.disk.setFaults(
        (operation, location) -> {
          if (taken[0]++ != at || kind == 0) {
            return StorageFault.NONE;
          }
          if (kind == 1) {
            throw new SimulatedCrash(operation + " " + location);
          }
          return StorageFault.FAIL;
        });
  }

  private void round(long id) {
    CheckpointLocation location = fixture.storage.begin(id);
    try {
      CheckpointStorageFixture.publish(location, id);
      completed.add(id);
    } catch (IOException e) {
      failures++;
      giveUp(location);
    }
    while (completed.size() > RETAINED) {
      subsumed.add(completed.pollFirst());
    }
    try {
      removeSubsumed();
    } catch (IOException e) {
      failures++;
    }
  }

  private static void giveUp(CheckpointLocation location) {
    try {
      location.discard();
    } catch (IOException e) {
      // then it is an orphan
    }
  }

  /** First removed, then forgotten. */
  private void removeSubsumed() throws IOException {
    for (long id : Set.copyOf(subsumed)) {
      fixture.storage.discard(id);
      subsumed.remove(id);
    }
  }
}
