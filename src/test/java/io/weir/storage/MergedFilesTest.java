package io.weir.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.snapshot.SnapshotMetadata;
import io.weir.snapshot.StateHandle;
import io.weir.snapshot.StateOutput;
import io.weir.testkit.StorageFault;
import io.weir.testkit.StorageFaults;
import io.weir.testkit.StorageOperation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MergedFilesTest {
  private static final int MAX_FILE_BYTES = 10_000;
  private static final int WRITERS = 8;

  @TempDir private Path directory;

  private final ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
  private final CheckpointStorageFixture fixture;
  private final CheckpointStorage storage;

  MergedFilesTest() throws IOException {
    fixture = new CheckpointStorageFixture(1);
    storage = fixture.storage(FileMerging.upTo(MAX_FILE_BYTES));
  }

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  @Test
  void piecesOfAllSubtasksBecomePartsOfOneFile() throws IOException {
    CheckpointLocation location = storage.begin(1, 3);
    List<StateHandle> pieces = new ArrayList<>();
    for (int subtask = 0; subtask < 3; subtask++) {
      pieces.add(write(location, 200 + subtask));
      pieces.add(write(location, 5));
      pieces.add(write(location, 300 + subtask));
      location.subtaskWritten();
    }
    String path = location.publish(metadata(1, pieces));

    assertThat(CheckpointStorageFixture.readAll(storage, path).stored()).hasSize(6);
    assertThat(fixture.disk.locations()).as("with the metadata").hasSize(2);
    storage.discard(1);
    assertThat(fixture.disk.locations()).isEmpty();
  }

  @Test
  void whenTheLastSubtaskHasWritten_thenEverythingIsDurable() throws IOException {
    CheckpointLocation location = storage.begin(1, 2);
    StateHandle first = write(location, 200);
    location.subtaskWritten();
    StateHandle second = write(location, 300);
    location.subtaskWritten();
    fixture.disk.crash();

    assertThat(storage.reader().open(first).readAllBytes()).hasSize(200);
    assertThat(storage.reader().open(second).readAllBytes()).hasSize(300);
  }

  @Test
  void whenNobodyHasSaidThatAllIsWritten_thenPublishingMakesItDurable() throws IOException {
    CheckpointLocation location = storage.begin(1);
    String path = location.publish(metadata(1, List.of(write(location, 200))));
    fixture.disk.crash();

    assertThat(CheckpointStorageFixture.readAll(storage, path).checkpointId()).isEqualTo(1);
  }

  @Test
  void aFileThatIsLargeEnoughGetsNoMorePieces() throws IOException {
    CheckpointLocation location = storage.begin(1, 1);
    List<StateHandle> pieces = new ArrayList<>();
    for (int piece = 0; piece < 10; piece++) {
      pieces.add(write(location, 4_000 + piece));
    }
    location.subtaskWritten();

    assertThat(locations(pieces)).as("three pieces of 4000 in each").hasSize(4);
    String path = location.publish(metadata(1, pieces));
    assertThat(CheckpointStorageFixture.readAll(storage, path).stored()).hasSize(10);
  }

  @Test
  void aSharedPieceThatIsKnownToBeLargeHasAFileForItself() throws IOException {
    Path large = Files.write(directory.resolve("1.sst"), new byte[MAX_FILE_BYTES]);
    Path small = Files.write(directory.resolve("2.sst"), new byte[MAX_FILE_BYTES - 1]);
    CheckpointLocation location = storage.begin(1, 1);

    assertThat(share(location, large)).isInstanceOf(StateHandle.InFile.class);
    assertThat(share(location, small)).isInstanceOf(StateHandle.InSegment.class);
  }

  @Test
  void aSavepointIsNotMerged() throws IOException {
    assertThat(write(storage.beginSavepoint("memory:///savepoints"), 200))
        .isInstanceOf(StateHandle.InFile.class);
  }

  @Test
  void writersAtTheSameTimeHaveFilesOfTheirOwnAndLeaveNoMoreFilesThanTheyAre() throws Exception {
    int rounds = 20;
    CheckpointLocation location = storage.begin(1, WRITERS);
    CyclicBarrier together = new CyclicBarrier(WRITERS);
    List<Future<List<StateHandle>>> results = new ArrayList<>();
    for (int writer = 0; writer < WRITERS; writer++) {
      results.add(
          threads.submit(
              () -> {
                together.await();
                List<StateHandle> written = new ArrayList<>();
                for (int round = 0; round < rounds; round++) {
                  written.add(write(location, 110 + round));
                }
                location.subtaskWritten();
                return written;
              }));
    }
    List<StateHandle> pieces = new ArrayList<>();
    for (Future<List<StateHandle>> each : results) {
      pieces.addAll(each.get());
    }

    assertThat(Set.copyOf(fixture.disk.locations())).isEqualTo(locations(pieces));
    assertThat(locations(pieces)).hasSizeLessThanOrEqualTo(2 * WRITERS);
    String path = location.publish(metadata(1, pieces));
    assertThat(CheckpointStorageFixture.readAll(storage, path).stored()).hasSize(WRITERS * rounds);
  }

  @Test
  void ifWritersWaitForEachOther_thenThereAreAsManyFilesAsAreAllowed() throws Exception {
    CheckpointStorage blocking =
        fixture.storage(new FileMerging(true, MAX_FILE_BYTES, 2, true, WRITERS / 2));
    CheckpointLocation location = blocking.begin(1, WRITERS);
    StateOutput first = begun(location);
    StateOutput second = begun(location);
    CountDownLatch started = new CountDownLatch(1);
    Future<StateHandle> third =
        threads.submit(
            () -> {
              started.countDown();
              return write(location, 300);
            });
    started.await();
    List<StateHandle> pieces = new ArrayList<>(List.of(first.finish()));
    pieces.add(third.get());
    pieces.add(second.finish());

    assertThat(locations(pieces)).hasSize(2);
    assertThat(((StateHandle.Stored) third.get()).location())
        .isEqualTo(((StateHandle.Stored) pieces.get(0)).location());
  }

  @Test
  void whoeverWaitsForAFileIsToldThatTheSnapshotIsGivenUp() throws Exception {
    CheckpointStorage blocking =
        fixture.storage(new FileMerging(true, MAX_FILE_BYTES, 2, true, WRITERS));
    CheckpointLocation location = blocking.begin(1, WRITERS);
    StateOutput first = begun(location);
    Future<StateHandle> waiting = threads.submit(() -> write(location, 300));
    location.discard();

    assertThatThrownBy(waiting::get).hasMessageContaining("has been given up");
    first.close();
    assertThat(fixture.disk.locations()).isEmpty();
  }

  @Test
  void aPieceThatIsNotFinishedDoesNotHurtTheOthers() throws IOException {
    CheckpointLocation location = storage.begin(1, 1);
    StateHandle before = write(location, 200);
    begun(location).close();
    StateHandle behind = write(location, 300);
    location.subtaskWritten();

    assertThat(locations(List.of(before, behind))).hasSize(1);
    assertThat(((StateHandle.Stored) behind).offset()).isGreaterThan(200);
    String path = location.publish(metadata(1, List.of(before, behind)));
    assertThat(CheckpointStorageFixture.readAll(storage, path).stored()).hasSize(2);
  }

  @Test
  void whenAFileCannotBeWritten_thenNothingIsPublishedOfWhatWasTakenForWritten()
      throws IOException {
    CheckpointLocation location = storage.begin(1, 2);
    StateHandle acknowledged = write(location, 200);
    location.subtaskWritten();
    fail(StorageOperation.APPEND);
    assertThatThrownBy(() -> write(location, 300)).isInstanceOf(IOException.class);
    fixture.disk.setFaults(StorageFaults.NONE);

    assertThatThrownBy(() -> write(location, 300)).hasMessageContaining("could not be written");
    assertThatThrownBy(() -> location.publish(metadata(1, List.of(acknowledged))))
        .hasMessageContaining("could not be written");
    location.discard();
    assertThat(fixture.disk.locations()).isEmpty();
  }

  @Test
  void whenAFileDoesNotBecomeDurable_thenTheSubtaskAndThePublicationFail() throws IOException {
    for (StorageOperation operation :
        List.of(StorageOperation.SYNC_CONTENT, StorageOperation.NAME, StorageOperation.SYNC_NAME)) {
      CheckpointLocation location = storage.begin(1, 1);
      StateHandle piece = write(location, 200);
      fail(operation);
      assertThatThrownBy(location::subtaskWritten).isInstanceOf(IOException.class);
      fixture.disk.setFaults(StorageFaults.NONE);

      assertThatThrownBy(() -> location.publish(metadata(1, List.of(piece))))
          .hasMessageContaining("could not be written");
      assertThat(storage.checkpoints()).isEmpty();
      location.discard();
      assertThat(fixture.disk.locations()).isEmpty();
    }
  }

  @Test
  void whatIsWrittenWhenTheSnapshotIsGivenUpIsRemoved() throws IOException {
    CheckpointLocation location = storage.begin(1, 2);
    Path table = Files.write(directory.resolve("1.sst"), new byte[500]);
    StateHandle unusedOwn = write(location, 200);
    StateHandle unusedShared = share(location, table);
    StateOutput late = begun(location);
    StateOutput torn = begun(location);
    location.discard();

    assertThatThrownBy(late::finish).isInstanceOf(IOException.class);
    torn.close();
    assertThat(fixture.disk.locations()).isEmpty();
    assertThatThrownBy(() -> write(location, 200)).hasMessageContaining("has been given up");
  }

  /** The subtask that would have said the last word has died: its checkpoint never completes. */
  @Test
  void whoeverIsAwaitedInVainKeepsNoFileOpenThatIsLetGo() throws IOException {
    CheckpointLocation location = storage.begin(1, 2);
    StateHandle unused = write(location, 200);
    location.subtaskWritten();
    assertThat(fixture.disk.locations()).as("not yet under its name").hasSize(1);
    location.release();

    assertThat(fixture.disk.locations()).isEmpty();
    assertThatThrownBy(() -> write(location, 200)).isInstanceOf(IOException.class);
  }

  @Test
  void aPieceThatIsStillBeingWrittenKeepsTheSnapshotFromBeingPublished() throws IOException {
    CheckpointLocation location = storage.begin(1, 1);
    try (StateOutput out = begun(location)) {
      assertThatThrownBy(() -> location.publish(metadata(1, List.of())))
          .hasMessageContaining("still being written");
      assertThat(out.position()).isPositive();
    }
  }

  @Test
  void aSharedFileOfWhichTooLittleIsInUseIsNotReferredTo() throws IOException {
    Path table = Files.write(directory.resolve("1.sst"), new byte[400]);
    CheckpointLocation first = storage.begin(1, 1);
    List<StateHandle> tables = new ArrayList<>();
    for (int each = 0; each < 4; each++) {
      tables.add(share(first, table));
    }
    first.subtaskWritten();
    publish(first, 1, tables);
    assertThat(storage.begin(2).mayRefer(tables.get(0))).isTrue();

    List<StateHandle> half = tables.subList(0, 2);
    publish(storage.begin(2), 2, half);
    CheckpointLocation third = storage.begin(3);
    assertThat(half).as("exactly half is in use").allMatch(third::mayRefer);

    List<StateHandle> quarter = tables.subList(1, 2);
    publish(third, 3, quarter);
    assertThat(quarter).noneMatch(storage.begin(4)::mayRefer);
    assertThat(third.mayRefer(quarter.get(0))).as("one answer for all its subtasks").isTrue();

    CheckpointStorage resumed = fixture.storage(FileMerging.upTo(MAX_FILE_BYTES));
    resumed.resumed(metadata(3, quarter));
    assertThat(quarter).noneMatch(resumed.begin(4)::mayRefer);
    CheckpointStorage unlimited =
        fixture.storage(new FileMerging(true, MAX_FILE_BYTES, 0.5, false, 4));
    unlimited.resumed(metadata(3, quarter));
    assertThat(quarter).allMatch(unlimited.begin(4)::mayRefer);
  }

  /** What lies behind the last piece in use is known from the file alone. */
  @Test
  void theSizeOfAFileIsKnownAlsoToWhoeverHasNotWrittenIt() throws IOException {
    Path table = Files.write(directory.resolve("1.sst"), new byte[400]);
    CheckpointLocation first = storage.begin(1, 1);
    List<StateHandle> tables = new ArrayList<>();
    for (int each = 0; each < 4; each++) {
      tables.add(share(first, table));
    }
    first.subtaskWritten();

    CheckpointStorage resumed = fixture.storage(FileMerging.upTo(MAX_FILE_BYTES));
    resumed.resumed(metadata(3, tables.subList(0, 1)));
    assertThat(resumed.begin(4).mayRefer(tables.get(0))).isFalse();
  }

  private void publish(CheckpointLocation location, long id, List<StateHandle> pieces)
      throws IOException {
    SnapshotMetadata metadata = metadata(id, pieces);
    String unused = location.publish(metadata);
    storage.completed(metadata);
  }

  private void fail(StorageOperation failing) {
    fixture.disk.setFaults(
        (operation, location) -> operation == failing ? StorageFault.FAIL : StorageFault.NONE);
  }

  private static SnapshotMetadata metadata(long id, List<StateHandle> pieces) {
    return CheckpointStorageFixture.metadata(id, pieces.toArray(StateHandle[]::new));
  }

  private static Set<String> locations(List<StateHandle> pieces) {
    return pieces.stream()
        .map(piece -> ((StateHandle.Stored) piece).location())
        .collect(Collectors.toCollection(HashSet::new));
  }

  private static StateHandle write(CheckpointLocation location, int length) throws IOException {
    return CheckpointStorageFixture.write(location, length);
  }

  private static StateOutput begun(CheckpointLocation location) throws IOException {
    StateOutput out = location.create();
    out.write(new byte[200]);
    return out;
  }

  private static StateHandle share(CheckpointLocation location, Path table) throws IOException {
    try (StateOutput out = location.createShared(table)) {
      out.write(Files.readAllBytes(table));
      return out.finish();
    }
  }
}
