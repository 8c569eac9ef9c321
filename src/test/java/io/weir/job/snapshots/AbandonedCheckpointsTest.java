package io.weir.job.snapshots;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.job.LoneSurroundings;
import io.weir.job.description.JobDescription;
import io.weir.job.history.CheckpointRecord;
import io.weir.job.history.CheckpointStatus;
import io.weir.job.local.InMemoryCatalog;
import io.weir.job.surroundings.CatalogException;
import io.weir.job.surroundings.JobSurroundings;
import io.weir.snapshot.CheckpointType;
import io.weir.snapshot.JobId;
import io.weir.snapshot.StateOutput;
import io.weir.storage.CheckpointLocation;
import io.weir.storage.CheckpointStorage;
import io.weir.storage.CheckpointStorageSettings;
import io.weir.testkit.CatalogFault;
import io.weir.testkit.FaultyCatalog;
import io.weir.testkit.InMemoryStorage;
import io.weir.testkit.StorageFault;
import io.weir.testkit.StorageFaults;
import io.weir.testkit.StorageOperation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Checkpoints that came to nothing, while storage or catalog refuse. */
class AbandonedCheckpointsTest {
  private static final JobId JOB = new JobId(1, 2);
  private static final long MINUTE_MILLIS = 60_000;

  private record Call(long timeMillis, Runnable action) {}

  private final Random names = new Random(1);
  private final InMemoryStorage disk = new InMemoryStorage(1, () -> this.nowMillis);
  private final InMemoryCatalog rows = new InMemoryCatalog();
  private final PriorityQueue<Call> calls =
      new PriorityQueue<>(Comparator.comparingLong(Call::timeMillis));
  private long nowMillis = 1_000;
  private boolean catalogIsOut;
  private int removals;
  private CheckpointStorage storage;
  private AbandonedCheckpoints abandoned;

  @BeforeEach
  void registerTheJob() throws Exception {
    rows.register(JOB, "job", Map.of(), nowMillis);
    JobSurroundings surroundings = surroundings();
    storage =
        new CheckpointStorage(
            disk.storages(),
            new CheckpointStorageSettings("memory:///checkpoints", true, 0, 1 << 10),
            JOB,
            surroundings.names());
    abandoned = new AbandonedCheckpoints("job", surroundings, storage);
  }

  private JobSurroundings surroundings() {
    return LoneSurroundings.of(
        () -> nowMillis,
        (timeMillis, action) -> calls.add(new Call(timeMillis, action)),
        FaultyCatalog.of(
            rows, method -> catalogIsOut ? CatalogFault.FAILS_BEFORE : CatalogFault.NONE),
        disk,
        names);
  }

  private void pass(long millis) {
    long until = nowMillis + millis;
    while (!calls.isEmpty() && calls.peek().timeMillis() <= until) {
      Call next = calls.remove();
      nowMillis = Math.max(nowMillis, next.timeMillis());
      next.action().run();
    }
    nowMillis = until;
  }

  private void storageRefusesRemovals() {
    disk.setFaults(
        (operation, location) -> {
          if (operation == StorageOperation.DELETE || operation == StorageOperation.DELETE_TREE) {
            removals++;
            return StorageFault.FAIL;
          }
          return StorageFault.NONE;
        });
  }

  /** One that has written a file. */
  private CheckpointRecord give(long id) throws Exception {
    CheckpointLocation location = storage.begin(id);
    CheckpointRecord started =
        CheckpointRecord.started(
            JOB, id, 0, CheckpointType.CHECKPOINT, nowMillis, location.path(), List.of());
    rows.checkpointStarted(started);
    try (StateOutput out = location.create()) {
      out.write(new byte[100]);
      assertThat(out.finish()).isNotNull();
    }
    CheckpointRecord failed = started.failed(nowMillis, "CHECKPOINT_EXPIRED", "too slow");
    abandoned.add(location, /* mayHaveFiles= */ true, failed);
    return failed;
  }

  private long failures() throws CatalogException {
    return rows.checkpointCounts(JOB).get(CheckpointStatus.FAILED);
  }

  @Test
  void itIsNotedAndRemoved() throws Exception {
    CheckpointRecord failed = give(1);

    assertThat(rows.checkpoint(JOB, 1)).contains(failed.discarded());
    assertThat(disk.locations()).isEmpty();
    assertThat(calls).isEmpty();
  }

  @Test
  void whileTheStorageIsDown_failuresAreNotedAtOnce_andWhatIsLeftIsRemovedLater() throws Exception {
    storageRefusesRemovals();
    CheckpointRecord failed = give(1);
    give(2);

    assertThat(failures()).isEqualTo(2);
    assertThat(rows.checkpoint(JOB, 1)).contains(failed);
    assertThat(rows.leftovers(JOB)).hasSize(2);
    assertThat(disk.locations()).hasSize(2);
    pass(10 * MINUTE_MILLIS);
    assertThat(disk.locations()).hasSize(2);

    disk.setFaults(StorageFaults.NONE);
    pass(AbandonedCheckpoints.LONGEST_PAUSE_MILLIS);

    assertThat(disk.locations()).isEmpty();
    assertThat(rows.leftovers(JOB)).isEmpty();
    assertThat(failures()).isEqualTo(2);
    assertThat(calls).as("nothing is left to do").isEmpty();
  }

  @Test
  void manyThatCannotBeRemovedAreTriedOneAtATimeWithGrowingPauses() throws Exception {
    storageRefusesRemovals();
    for (long id = 1; id <= 500; id++) {
      give(id);
    }
    removals = 0;
    pass(60 * MINUTE_MILLIS);

    assertThat(removals).isBetween(60, 70);
  }

  @Test
  void oneThatCannotBeRemovedDoesNotKeepBackTheOthers() throws Exception {
    storageRefusesRemovals();
    CheckpointRecord stubborn = give(1);
    give(2);
    give(3);
    disk.setFaults(
        (operation, location) ->
            operation != StorageOperation.CREATE && location.startsWith(stubborn.path())
                ? StorageFault.FAIL
                : StorageFault.NONE);

    pass(5 * MINUTE_MILLIS);

    assertThat(rows.leftovers(JOB)).containsExactly(stubborn);
    assertThat(disk.locations()).allMatch(location -> location.startsWith(stubborn.path()));
  }

  @Test
  void whileTheCatalogIsOut_nothingIsRemoved() throws Exception {
    catalogIsOut = true;
    give(1);
    assertThat(failures()).isZero();
    assertThat(disk.locations()).hasSize(1);

    catalogIsOut = false;
    pass(AbandonedCheckpoints.SHORTEST_PAUSE_MILLIS);

    assertThat(failures()).isEqualTo(1);
    assertThat(disk.locations()).isEmpty();
  }

  @Test
  void whatTurnsOutToBeCompleteIsNotRemoved() throws Exception {
    long token = rows.lease(JOB, "server", java.util.OptionalLong.empty(), nowMillis, 1 << 20);
    catalogIsOut = true;
    CheckpointRecord failed = give(1);
    rows.checkpointCompleted(failed.completed(nowMillis, failed.path(), 1, 1), token);
    catalogIsOut = false;

    pass(MINUTE_MILLIS);

    assertThat(disk.locations()).hasSize(1);
    assertThat(rows.restorePoints(JOB)).hasSize(1);
    assertThat(calls).isEmpty();
  }

  @Test
  void inADirectoryThatMayBeAnotherServersNothingIsRemoved() throws Exception {
    List<StorageOperation> asked = new ArrayList<>();
    disk.setFaults(
        (operation, location) -> {
          asked.add(operation);
          return StorageFault.NONE;
        });
    CheckpointLocation location = storage.begin(1);
    CheckpointRecord started =
        CheckpointRecord.started(
            JOB, 1, 0, CheckpointType.CHECKPOINT, nowMillis, location.path(), List.of());

    abandoned.add(location, /* mayHaveFiles= */ false, started.failed(nowMillis, "IO", "no"));

    assertThat(asked).isEmpty();
    assertThat(failures()).isEqualTo(1);
    assertThat(rows.leftovers(JOB)).isEmpty();
  }

  @Test
  void theNextProcessRemovesWhatIsLeft() throws Exception {
    storageRefusesRemovals();
    CheckpointRecord failed = give(1);
    SnapshotDisposal next =
        new SnapshotDisposal(new JobDescription(JOB, "job", null, null), rows, storage);
    next.leftOver(failed, nowMillis);
    assertThat(rows.leftovers(JOB)).as("a start does not fail for that").containsExactly(failed);

    disk.setFaults(StorageFaults.NONE);
    next.leftOver(failed, nowMillis);

    assertThat(disk.locations()).isEmpty();
    assertThat(rows.checkpoint(JOB, 1)).contains(failed.discarded());
  }
}
