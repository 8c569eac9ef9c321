package io.weir.storage;

import static io.weir.storage.CheckpointStorageFixture.readAll;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.testkit.SimulatedCrash;
import io.weir.testkit.StorageFault;
import io.weir.testkit.StorageFaults;
import io.weir.testkit.StorageOperation;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The process ends, or a step fails, at every place there is. */
class PublishProtocolTest {

  @Test
  void wheneverTheProcessEnds_whatWasReportedAsPublishedIsComplete() throws IOException {
    int crashed = 0;
    for (int step = 0; ; step++) {
      for (int seed = 0; seed < 8; seed++) {
        CheckpointStorageFixture fixture = new CheckpointStorageFixture(seed);
        List<String> published = new ArrayList<>();
        boolean ended = crashAt(fixture, step, () -> publishTwo(fixture, published));
        fixture.disk.crash();
        fixture.disk.setFaults(StorageFaults.NONE);
        for (String path : published) {
          readAll(fixture.storage, path);
        }
        if (!ended) {
          assertThat(crashed).isGreaterThan(20);
          return;
        }
        crashed++;
      }
    }
  }

  @Test
  void wheneverTheProcessEnds_aMetadataThatIsThereIsWholeAndSoIsItsState() throws IOException {
    for (int step = 0; ; step++) {
      boolean ended = false;
      for (int seed = 0; seed < 8; seed++) {
        CheckpointStorageFixture fixture = new CheckpointStorageFixture(seed);
        ended = crashAt(fixture, step, () -> publishTwo(fixture, new ArrayList<>()));
        fixture.disk.crash();
        fixture.disk.setFaults(StorageFaults.NONE);
        for (StoredCheckpoint checkpoint : fixture.storage.checkpoints()) {
          readAll(fixture.storage, checkpoint.path());
        }
      }
      if (!ended) {
        return;
      }
    }
  }

  @Test
  void wheneverTheProcessEnds_orphansAreFoundAndTheirRemovalLeavesWhatIsReferenced()
      throws IOException {
    for (int step = 0; ; step++) {
      CheckpointStorageFixture fixture = new CheckpointStorageFixture(step);
      List<String> published = new ArrayList<>();
      boolean ended = crashAt(fixture, step, () -> publishTwo(fixture, published));
      fixture.disk.crash();
      fixture.disk.setFaults(StorageFaults.NONE);
      fixture.storage.remove(
          fixture.storage.orphans(Set.copyOf(published), Duration.ZERO, fixture.nowMillis));

      for (String path : published) {
        readAll(fixture.storage, path);
      }
      assertThat(fixture.disk.locations())
          .allMatch(file -> published.stream().anyMatch(path -> file.startsWith(path + "/")));
      if (!ended) {
        return;
      }
    }
  }

  @Test
  void wheneverTheProcessEndsInADiscard_whatIsLeftIsNoSnapshotOrAWholeOne() throws IOException {
    for (int step = 0; ; step++) {
      boolean ended = false;
      for (int seed = 0; seed < 8; seed++) {
        CheckpointStorageFixture fixture = new CheckpointStorageFixture(seed);
        fixture.publish(1);
        ended = crashAt(fixture, step, () -> fixture.storage.discard(1));
        fixture.disk.crash();
        fixture.disk.setFaults(StorageFaults.NONE);
        for (StoredCheckpoint checkpoint : fixture.storage.checkpoints()) {
          readAll(fixture.storage, checkpoint.path());
        }
        fixture.storage.discard(1);
        assertThat(fixture.disk.locations()).isEmpty();
      }
      if (!ended) {
        return;
      }
    }
  }

  @Test
  void whicheverStepFails_aDiscardLeavesNothing() throws IOException {
    for (StorageFault fault : List.of(StorageFault.FAIL, StorageFault.FAIL_AFTER_EFFECT)) {
      for (int step = 0; ; step++) {
        CheckpointStorageFixture fixture = new CheckpointStorageFixture(step);
        CheckpointLocation location = fixture.storage.begin(1);
        boolean failed =
            failAt(fixture, step, fault, () -> CheckpointStorageFixture.publish(location, 1));
        fixture.disk.setFaults(StorageFaults.NONE);
        if (!failed) {
          readAll(fixture.storage, location.path());
          break;
        }
        location.discard();
        assertThat(fixture.disk.locations()).isEmpty();
      }
    }
  }

  @Test
  void whicheverStepFails_theReportIsTrue() throws IOException {
    for (int step = 0; ; step++) {
      CheckpointStorageFixture fixture = new CheckpointStorageFixture(step);
      boolean failed = failAt(fixture, step, StorageFault.FAIL, () -> fixture.publish(1));
      fixture.disk.setFaults(StorageFaults.NONE);
      if (!failed) {
        assertThat(fixture.storage.checkpoints()).hasSize(1);
        return;
      }
    }
  }

  @Test
  void ofTwoOwnersInAnyOrderOfStepsExactlyOnePublishes() throws IOException {
    for (int seed = 0; seed < 1_000; seed++) {
      CheckpointStorageFixture fixture = new CheckpointStorageFixture(seed);
      SplittableRandom random = new SplittableRandom(seed);
      List<Integer> wins = new ArrayList<>();
      CheckpointLocation other = fixture.storage.begin(1);
      int at = random.nextInt(14);
      int[] step = {0};
      fixture.disk.setFaults(
          (operation, location) -> {
            if (step[0]++ == at) {
              wins.add(tryPublish(other));
            }
            return StorageFault.NONE;
          });
      wins.add(tryPublish(fixture.storage.begin(1)));
      if (step[0] <= at) {
        wins.add(tryPublish(other));
      }
      assertThat(wins).as("seed %s", seed).containsExactlyInAnyOrder(0, 1);
      readAll(fixture.storage, fixture.storage.pathOf(1));
    }
  }

  @Test
  void theLawsAboveFindAStorageThatLiesAboutItsSyncs() throws IOException {
    int broken = 0;
    for (int seed = 0; seed < 50; seed++) {
      CheckpointStorageFixture fixture = new CheckpointStorageFixture(seed);
      fixture.disk.setFaults(
          (operation, location) ->
              operation == StorageOperation.SYNC_CONTENT
                  ? StorageFault.LOST_SYNC
                  : StorageFault.NONE);
      String path = fixture.publish(1);
      fixture.disk.crash();
      fixture.disk.setFaults(StorageFaults.NONE);
      try {
        readAll(fixture.storage, path);
      } catch (IOException expected) {
        broken++;
      }
    }
    assertThat(broken).isGreaterThan(40);
  }

  /** Something that uses storage. */
  private interface Action {
    void run() throws IOException;
  }

  private static void publishTwo(CheckpointStorageFixture fixture, List<String> published)
      throws IOException {
    published.add(fixture.publish(1));
    published.add(fixture.publish(2));
  }

  private static int tryPublish(CheckpointLocation location) {
    try {
      CheckpointStorageFixture.publish(location, 1);
      return 1;
    } catch (IOException lost) {
      return 0;
    }
  }

  /** Whether the process ended before the action had come to its end. */
  private static boolean crashAt(CheckpointStorageFixture fixture, int step, Action action)
      throws IOException {
    int[] taken = {0};
    fixture.disk.setFaults(
        (operation, location) -> {
          if (taken[0]++ == step) {
            throw new SimulatedCrash(operation + " " + location);
          }
          return StorageFault.NONE;
        });
    try {
      action.run();
      return false;
    } catch (SimulatedCrash crash) {
      return true;
    }
  }

  /** Whether the action failed. */
  private static boolean failAt(
      CheckpointStorageFixture fixture, int step, StorageFault fault, Action action) {
    int[] taken = {0};
    fixture.disk.setFaults((operation, location) -> taken[0]++ == step ? fault : StorageFault.NONE);
    try {
      action.run();
      return false;
    } catch (IOException e) {
      return true;
    }
  }
}
