package io.weir.job.snapshots;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.api.environment.JobStatus;
import io.weir.config.CheckpointingOptions;
import io.weir.config.Configuration;
import io.weir.inspect.SnapshotVerification;
import io.weir.job.LoneSurroundings;
import io.weir.job.description.JobSettings;
import io.weir.job.history.CheckpointRecord;
import io.weir.job.local.InMemoryCatalog;
import io.weir.job.surroundings.CatalogException;
import io.weir.job.surroundings.JobSurroundings;
import io.weir.snapshot.CheckpointType;
import io.weir.snapshot.JobId;
import io.weir.snapshot.SnapshotMetadata;
import io.weir.snapshot.StateHandle;
import io.weir.snapshot.StateOutput;
import io.weir.storage.CheckpointLocation;
import io.weir.storage.CheckpointStorage;
import io.weir.storage.SnapshotReader;
import io.weir.testkit.InMemoryStorage;
import io.weir.testkit.SampleSnapshots;
import io.weir.testkit.SimulatedCrash;
import io.weir.testkit.StorageFault;
import io.weir.testkit.StorageFaults;
import io.weir.testkit.StorageOperation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Orphans of jobs that are written by hand: what a job leaves if its process ends anywhere. */
class OrphanSearchTest {
  private static final int ROUNDS = 500;
  private static final JobId JOB = new JobId(1, 2);
  private static final JobId STRANGER = new JobId(9, 9);
  private static final Duration GRACE = Duration.ofMinutes(10);

  private long now = 1_000_000_000;
  private final Random random = new Random(5);
  private final InMemoryStorage disk = new InMemoryStorage(5, () -> now);
  private final InMemoryCatalog catalog = new InMemoryCatalog();
  private final Deque<Runnable> later = new ArrayDeque<>();
  private final JobSurroundings surroundings =
      LoneSurroundings.of(
          () -> now, (timeMillis, action) -> later.add(action), catalog, disk, random);
  private final Configuration configuration =
      new Configuration()
          .set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, "memory:///checkpoints")
          .setString("execution.checkpointing.data-inline-threshold", "0 b");
  private final CheckpointStorage storage = storageOf(JOB);
  private long token;

  OrphanSearchTest() throws Exception {
    catalog.register(JOB, "flights", configuration.toMap(), now);
    token = lease();
  }

  private CheckpointStorage storageOf(JobId job) throws IOException {
    return new CheckpointStorage(
        disk.storages(), JobSettings.of(configuration).storage(), job, surroundings.names());
  }

  private long lease() throws Exception {
    return catalog.lease(JOB, "server", OptionalLong.empty(), now, now + 1_000_000);
  }

  private CheckpointRecord start(long id) throws CatalogException {
    CheckpointRecord started =
        CheckpointRecord.started(
            JOB, id, 0, CheckpointType.CHECKPOINT, now, storage.pathOf(id), List.of());
    catalog.checkpointStarted(started);
    return started;
  }

  private static StateHandle write(StateOutput output) throws IOException {
    try (output) {
      output.write(new byte[100]);
      return output.finish();
    }
  }

  /** A file of its own, one that is shared, and those of others that it shares. */
  private static SnapshotMetadata write(long id, CheckpointLocation location, List<StateHandle> of)
      throws IOException {
    List<StateHandle> handles = new ArrayList<>(of);
    handles.add(write(location.create()));
    handles.add(write(location.createShared(Path.of("unused"))));
    return SampleSnapshots.holding(JOB, id, handles);
  }

  private SnapshotMetadata complete(long id, List<StateHandle> shared) throws Exception {
    CheckpointRecord started = start(id);
    CheckpointLocation location = storage.begin(id);
    SnapshotMetadata metadata = write(id, location, shared);
    location.publish(metadata);
    catalog.checkpointCompleted(started.completed(now, storage.pathOf(id), 0, 1), token);
    return metadata;
  }

  private static StateHandle sharedOf(SnapshotMetadata metadata) {
    return metadata.operators().get(metadata.operators().size() - 1).coordinator();
  }

  private OrphanReport search() throws CatalogException {
    return new OrphanSearch(surroundings).search(GRACE);
  }

  /** Removes what is found, to its end. */
  private OrphanReport sweep() throws CatalogException {
    var answer = OrphanRemoval.begin(surroundings, search());
    while (!later.isEmpty()) {
      later.remove().run();
    }
    return answer.join();
  }

  @Test
  void whatNothingRefersToIsFoundWithTheReasonAndRemovedOnce() throws Exception {
    CheckpointRecord failed = start(1);
    write(1, storage.begin(1), List.of());
    assertThat(catalog.checkpointFailed(failed.failed(now, "EXPIRED", "too slow"))).isNotNull();
    complete(2, List.of());
    catalog.checkpointDiscarded(JOB, 2);
    SnapshotMetadata third = complete(3, List.of());
    complete(4, List.of(sharedOf(third)));
    now += GRACE.toMillis();

    OrphanReport report = search();

    assertThat(report.notes()).isEmpty();
    assertThat(report.found())
        .extracting(each -> each.location().replaceFirst(".*/", "") + ": " + each.why())
        .filteredOn(each -> each.startsWith("chk-"))
        .containsExactly(
            "chk-1: The checkpoint came to nothing, and what was written for it could not be"
                + " removed.",
            "chk-2: The checkpoint was removed, but not all of it.");
    assertThat(report.found()).as("and the shared files of both").hasSize(4);
    assertThat(report.found().get(0).jobName()).isEqualTo("flights");
    assertThat(report.sizeBytes()).isGreaterThanOrEqualTo(400);
    List<String> before = disk.locations();
    assertThat(search().found())
        .extracting(OrphanReport.Found::orphan)
        .isEqualTo(report.found().stream().map(OrphanReport.Found::orphan).toList());
    assertThat(disk.locations()).as("nothing has changed").isEqualTo(before);

    assertThat(sweep().found()).hasSize(4);

    assertThat(search().found()).isEmpty();
    assertThat(sweep().found()).isEmpty();
    assertEachRetainedIsSound(2);
    assertThat(disk.locations()).isEqualTo(referenced());
  }

  @Test
  void whatIsYoungIsLeftAlone() throws Exception {
    complete(1, List.of());
    complete(2, List.of());
    catalog.checkpointDiscarded(JOB, 1);
    now += GRACE.toMillis() - 1;

    assertThat(search().found()).isEmpty();
  }

  @Test
  void whileACheckpointIsInProgressNoSharedFileAndNothingOfItIsTouched() throws Exception {
    SnapshotMetadata first = complete(1, List.of());
    complete(2, List.of());
    catalog.checkpointDiscarded(JOB, 1);
    start(3);
    write(3, storage.begin(3), List.of(sharedOf(first)));
    now += GRACE.toMillis();

    OrphanReport report = search();

    assertThat(report.found())
        .extracting(OrphanReport.Found::location)
        .containsExactly(storage.pathOf(1));
    assertThat(report.notes()).singleElement().asString().contains("in progress");
  }

  @Test
  void whenACheckpointCannotBeRead_thenNoSharedFileIsTouched() throws Exception {
    complete(1, List.of());
    complete(2, List.of());
    catalog.checkpointDiscarded(JOB, 1);
    disk.overwrite(storage.pathOf(2) + "/_metadata", new byte[3]);
    now += GRACE.toMillis();

    OrphanReport report = search();

    assertThat(report.found())
        .extracting(OrphanReport.Found::location)
        .containsExactly(storage.pathOf(1));
    assertThat(report.notes()).singleElement().asString().contains("checkpoint 2", "is not known");
  }

  @Test
  void whatTheCatalogMayHaveLostIsLeftAlone() throws Exception {
    complete(1, List.of());
    CheckpointLocation newer = storage.begin(2);
    newer.publish(write(2, newer, List.of()));
    CheckpointLocation foreign = storageOf(STRANGER).begin(7);
    foreign.publish(write(7, foreign, List.of()));
    now += GRACE.toMillis();

    OrphanReport report = search();

    assertThat(report.found()).extracting(each -> each.orphan().isDirectory()).doesNotContain(true);
    assertThat(report.notes())
        .hasSize(2)
        .anyMatch(note -> note.contains(storage.pathOf(2)) && note.contains("older copy"))
        .anyMatch(note -> note.contains(STRANGER.toString()));
  }

  @Test
  void whatCannotBeRemovedIsSaidAndFoundAgain() throws Exception {
    complete(1, List.of());
    complete(2, List.of());
    catalog.checkpointDiscarded(JOB, 1);
    now += GRACE.toMillis();
    disk.setFaults(
        (operation, location) ->
            operation == StorageOperation.DELETE ? StorageFault.FAIL : StorageFault.NONE);
    OrphanReport failed = sweep();
    assertThat(failed.found()).isEmpty();
    assertThat(failed.notes()).hasSize(2).allMatch(note -> note.contains("could not be removed"));
    disk.setFaults(StorageFaults.NONE);

    assertThat(sweep().found()).hasSize(2);
    assertThat(disk.locations()).isEqualTo(referenced());
  }

  /** Runs of a job that are aborted or killed anywhere, with a storage that crashes with them. */
  @Test
  void afterManyAbortsAndKillsOneSweepLeavesWhatIsReferencedAndNothingElse() throws Exception {
    List<StateHandle> shareable = new ArrayList<>();
    long id = 0;
    int killed = 0;
    for (int round = 0; round < ROUNDS; round++) {
      int steps = random.nextInt(40);
      int[] taken = {0};
      disk.setFaults(
          (operation, location) -> {
            if (taken[0]++ == steps) {
              throw new SimulatedCrash(operation + " " + location);
            }
            return StorageFault.NONE;
          });
      List<Long> lost = new ArrayList<>();
      try {
        for (int checkpoint = 0; checkpoint < 3; checkpoint++) {
          now += 1_000;
          lost.add(++id);
          live(id, shareable);
        }
      } catch (SimulatedCrash crash) {
        killed++;
        disk.crash();
      }
      disk.setFaults(StorageFaults.NONE);
      restart(lost);
      List<StateHandle> known = new ArrayList<>();
      for (CheckpointRecord each : catalog.restorePoints(JOB)) {
        known.add(sharedOf(storage.read(each.path())));
      }
      shareable.retainAll(known);
    }
    assertThat(killed).isGreaterThan(ROUNDS / 4);
    assertThat(disk.locations()).as("there is something to do").isNotEqualTo(referenced());
    now += GRACE.toMillis();

    OrphanReport swept = sweep();

    assertThat(swept.notes()).isEmpty();
    assertThat(swept.found()).isNotEmpty();
    assertThat(disk.locations()).isEqualTo(referenced());
    assertEachRetainedIsSound(catalog.restorePoints(JOB).size());
  }

  /** A checkpoint's life: it completes, is aborted, or is completed and others are subsumed. */
  private void live(long id, List<StateHandle> shareable) throws Exception {
    if (random.nextInt(3) == 0) {
      CheckpointRecord started = start(id);
      CheckpointLocation location = storage.begin(id);
      write(id, location, shareable);
      assertThat(catalog.checkpointFailed(started.failed(now, "EXPIRED", "too slow"))).isNotNull();
      if (random.nextBoolean()) {
        location.discard();
        catalog.checkpointDiscarded(JOB, id);
      }
      return;
    }
    shareable.add(sharedOf(complete(id, shareable)));
    List<CheckpointRecord> retained = catalog.restorePoints(JOB);
    for (CheckpointRecord old : retained.subList(Math.min(3, retained.size()), retained.size())) {
      storage.discard(old.id());
      catalog.checkpointDiscarded(JOB, old.id());
    }
    while (shareable.size() > 2) {
      // its file may be needed by those that are retained; else it is an orphan now
      shareable.remove(0);
    }
  }

  /** What the next process decides about checkpoints that were in progress; it leaves the files. */
  private void restart(List<Long> lost) throws Exception {
    token = lease();
    for (CheckpointRecord each : catalog.leftovers(JOB)) {
      if (lost.contains(each.id())) {
        assertThat(catalog.checkpointFailed(each.failed(now, "SHUTDOWN", "killed"))).isNotNull();
      }
    }
    for (CheckpointRecord each : catalog.restorePoints(JOB)) {
      try {
        SnapshotMetadata unused = storage.read(each.path());
      } catch (IOException removed) {
        catalog.checkpointDiscarded(JOB, each.id());
      }
    }
  }

  private List<String> referenced() throws Exception {
    Set<String> files = new TreeSet<>();
    for (CheckpointRecord each : catalog.restorePoints(JOB)) {
      files.add(each.path() + "/_metadata");
      storage.read(each.path()).stored().forEach(file -> files.add(file.location()));
    }
    return List.copyOf(files);
  }

  private void assertEachRetainedIsSound(int count) throws Exception {
    List<CheckpointRecord> retained = catalog.restorePoints(JOB);
    assertThat(retained).hasSize(count);
    for (CheckpointRecord each : retained) {
      assertThat(
              new SnapshotVerification(new SnapshotReader(disk.storages()), bytes -> {})
                  .verify(each.path())
                  .damages())
          .isEmpty();
    }
  }

  @Test
  void theJobNeedNotRun() throws Exception {
    complete(1, List.of());
    complete(2, List.of());
    catalog.checkpointDiscarded(JOB, 1);
    catalog.statusChanged(JOB, JobStatus.CANCELED, "asked to", now);
    now += GRACE.toMillis();

    assertThat(search().found()).hasSize(2);
  }
}
