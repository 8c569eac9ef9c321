package io.weir.storage;

import static io.weir.storage.CheckpointStorageFixture.metadata;
import static io.weir.storage.CheckpointStorageFixture.readAll;
import static io.weir.storage.CheckpointStorageFixture.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.snapshot.CorruptStateException;
import io.weir.snapshot.JobId;
import io.weir.snapshot.MetadataCodec;
import io.weir.snapshot.SnapshotMetadata;
import io.weir.snapshot.StateHandle;
import io.weir.snapshot.StateOutput;
import io.weir.storage.file.FileStorageProvider;
import io.weir.testkit.SampleSnapshots;
import io.weir.testkit.StorageFault;
import io.weir.testkit.StorageFaults;
import io.weir.testkit.StorageOperation;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointStorageTest {
  private static final String JOB = CheckpointStorageFixture.ROOT + "/" + SampleSnapshots.JOB;

  private final CheckpointStorageFixture fixture;
  private final CheckpointStorage storage;

  CheckpointStorageTest() throws IOException {
    fixture = new CheckpointStorageFixture(1);
    storage = fixture.storage;
  }

  @Test
  void whatWasPublishedIsReadBack() throws IOException {
    String path = fixture.publish(7);

    assertThat(path).isEqualTo(JOB + "/chk-7").isEqualTo(storage.pathOf(7));
    assertThat(readAll(storage, path).checkpointId()).isEqualTo(7);
  }

  @Test
  void aCheckpointIsLocalIfItsStorageIs(@TempDir Path directory) throws IOException {
    CheckpointStorage files =
        new CheckpointStorage(
            ObjectStorages.of(new FileStorageProvider()),
            CheckpointStorageFixture.settings(directory.toUri().toString()),
            SampleSnapshots.JOB,
            UUID::randomUUID);

    assertThat(files.begin(1).isLocal()).isTrue();
    assertThat(storage.begin(1).isLocal()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "/_metadata", "/../chk-7", "/_metadata/"})
  void aSnapshotIsFoundByItsDirectoryAndByItsMetadata(String suffix) throws IOException {
    String path = fixture.publish(7);

    assertThat(storage.read(path + suffix).checkpointId()).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 99, 100, 101, 128, 129, 500, 70_000})
  void smallStateIsInlinedAndGreaterStateHasAFile(int length) throws IOException {
    StateHandle handle = write(storage.begin(1), length);

    assertThat(handle)
        .isInstanceOf(
            length <= CheckpointStorageFixture.THRESHOLD
                ? StateHandle.Inline.class
                : StateHandle.InFile.class);
    assertThat(handle.sizeBytes()).isEqualTo(length);
    assertThat(storage.reader().open(handle).readAllBytes())
        .isEqualTo(CheckpointStorageFixture.content(length));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 63, 64, 65, 99, 100, 101, 333})
  void stateMayBeWrittenInPiecesOfAnySize(int piece) throws IOException {
    byte[] content = CheckpointStorageFixture.content(1_000);
    try (StateOutput out = storage.begin(1).create()) {
      for (int at = 0; at < content.length; at += piece) {
        assertThat(out.position()).isEqualTo(at);
        if (at % 2 == 0) {
          out.write(content, at, Math.min(piece, content.length - at));
        } else {
          for (int i = at; i < Math.min(at + piece, content.length); i++) {
            out.write(content[i]);
          }
        }
      }
      assertThat(storage.reader().open(out.finish()).readAllBytes()).isEqualTo(content);
    }
  }

  @Test
  void stateThatIsNotFinishedLeavesNothing() throws IOException {
    try (StateOutput out = storage.begin(1).create()) {
      out.write(new byte[5_000]);
    }

    assertThat(fixture.disk.locations()).isEmpty();
  }

  @Test
  void nothingIsASnapshotBeforeItIsPublished() throws IOException {
    write(storage.begin(7), 500);

    assertThat(storage.checkpoints()).isEmpty();
    assertThatThrownBy(() -> storage.read(storage.pathOf(7)))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("chk-7")
        .hasMessageContaining("no _metadata");
  }

  @Test
  void checkpointsAreFoundNewestFirst() throws IOException {
    for (long id : new long[] {9, 100, 20}) {
      fixture.publish(id);
    }
    fixture.disk.overwrite(JOB + "/chk-500/leftover", new byte[1]);
    fixture.disk.overwrite(JOB + "/notes/_metadata", new byte[1]);

    assertThat(storage.checkpoints())
        .extracting(StoredCheckpoint::checkpointId)
        .containsExactly(100L, 20L, 9L);
    assertThat(storage.checkpoints()).extracting(StoredCheckpoint::path).contains(JOB + "/chk-20");
  }

  @Test
  void aCheckpointIdIsPublishedOnce() throws IOException {
    CheckpointLocation first = storage.begin(7);
    CheckpointLocation second = storage.begin(7);
    CheckpointStorageFixture.publish(first, 7);

    assertThatThrownBy(() -> CheckpointStorageFixture.publish(second, 7))
        .isInstanceOf(FileAlreadyExistsException.class)
        .hasMessageContaining("chk-7/_metadata");
    assertThat(readAll(storage, storage.pathOf(7)).checkpointId()).isEqualTo(7);
  }

  @Test
  void whenTheMetadataReadsBackDifferently_thenItIsNotPublished() {
    fixture.disk.setFaults(
        (operation, location) ->
            operation == StorageOperation.OPEN ? StorageFault.CORRUPT_READ : StorageFault.NONE);

    assertThatThrownBy(() -> fixture.publish(7))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("reads back differently");
  }

  @Test
  void aDiscardedCheckpointIsGoneAndStaysGone() throws IOException {
    CheckpointLocation location = storage.begin(7);
    CheckpointStorageFixture.publish(location, 7);
    fixture.publish(8);

    location.discard();
    location.discard();

    assertThat(fixture.disk.locations()).allMatch(file -> file.contains("/chk-8/"));
    assertThatThrownBy(location::create)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("given up");
    assertThatThrownBy(() -> location.publish(metadata(7))).isInstanceOf(IOException.class);
  }

  @Test
  void whatIsStillBeingWrittenWhenACheckpointIsDiscardedGoesToo() throws IOException {
    CheckpointLocation location = storage.begin(7);
    StateOutput closedLater = location.create();
    closedLater.write(new byte[500]);
    StateOutput finishedLater = location.create();
    finishedLater.write(new byte[500]);
    StateOutput smallOne = location.create();

    location.discard();

    assertThatThrownBy(finishedLater::finish)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("given up");
    finishedLater.close();
    assertThatThrownBy(smallOne::finish).isInstanceOf(IOException.class);
    closedLater.write(new byte[500]);
    closedLater.close();
    assertThat(fixture.disk.locations()).isEmpty();
  }

  @Test
  void whenACheckpointIsDiscardedWhileStateBecomesDurable_thenThatStateGoesToo()
      throws IOException {
    CheckpointLocation location = storage.begin(7);
    StateOutput out = location.create();
    out.write(new byte[500]);
    fixture.disk.setFaults(
        (operation, file) -> {
          if (operation == StorageOperation.SYNC_NAME) {
            fixture.disk.setFaults(StorageFaults.NONE);
            discard(location);
            fixture.disk.overwrite(file, new byte[500]);
          }
          return StorageFault.NONE;
        });

    assertThatThrownBy(out::finish)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("given up");
    assertThat(fixture.disk.locations()).isEmpty();
  }

  @Test
  void whenADiscardFails_thenItMayBeRepeated() throws IOException {
    CheckpointLocation location = storage.begin(7);
    CheckpointStorageFixture.publish(location, 7);
    fixture.disk.setFaults(
        (operation, file) ->
            operation == StorageOperation.DELETE_TREE ? StorageFault.FAIL : StorageFault.NONE);

    assertThatThrownBy(location::discard).isInstanceOf(IOException.class);
    assertThat(storage.checkpoints()).as("it is no snapshot any more").isEmpty();
    fixture.disk.setFaults(StorageFaults.NONE);
    location.discard();

    assertThat(fixture.disk.locations()).isEmpty();
  }

  @Test
  void aSavepointIsKeptWhereTheUserWantsItAndMayBeMoved() throws IOException {
    CheckpointLocation location = storage.beginSavepoint("memory://user/savepoints/");
    String path = CheckpointStorageFixture.publish(location, 9);
    for (String file : fixture.disk.locations()) {
      fixture.disk.overwrite(
          file.replace(path, "memory://elsewhere/mine"), fixture.disk.content(file));
    }
    storage.discard(path, storage.read(path));

    assertThat(path).matches("memory://user/savepoints/savepoint-012345-[0-9a-f]{12}");
    assertThat(fixture.disk.locations()).noneMatch(file -> file.startsWith("memory://user"));
    assertThat(readAll(storage, "memory://elsewhere/mine").checkpointId()).isEqualTo(9);
  }

  @Test
  void twoSavepointsDoNotShareADirectory() throws IOException {
    assertThat(storage.beginSavepoint("memory://user").path())
        .isNotEqualTo(storage.beginSavepoint("memory://user").path());
  }

  @Test
  void whatAClaimedCheckpointSharesGoesWithTheLastThatRefersToIt() throws IOException {
    String other = "memory:///checkpoints/" + new JobId(8, 9);
    for (String file : List.of("a", "b", "c")) {
      fixture.disk.overwrite(other + "/shared/" + file, new byte[3]);
    }
    fixture.disk.overwrite(JOB + "/shared/a", new byte[3]);
    String first = foreign(other, 1, "a", "b");
    String second = foreign(other, 2, "b");

    storage.discardClaimed(first, storage.read(first));
    assertThat(fixture.disk.locations())
        .containsExactlyInAnyOrder(
            JOB + "/shared/a",
            other + "/chk-2/_metadata",
            other + "/shared/b",
            other + "/shared/c");
    storage.discardClaimed(second, storage.read(second));
    assertThat(fixture.disk.locations())
        .as("what no metadata named may be somebody else's")
        .containsExactlyInAnyOrder(JOB + "/shared/a", other + "/shared/c");
  }

  @Test
  void whenANeighbourOfAClaimedCheckpointIsDamaged_thenSharedFilesStay() throws IOException {
    String other = "memory:///checkpoints/" + new JobId(8, 9);
    fixture.disk.overwrite(other + "/shared/a", new byte[3]);
    String first = foreign(other, 1, "a");
    fixture.disk.overwrite(other + "/chk-2/_metadata", new byte[3]);

    storage.discardClaimed(first, storage.read(first));

    assertThat(fixture.disk.locations())
        .containsExactly(other + "/chk-2/_metadata", other + "/shared/a");
  }

  /** A checkpoint of another job that refers to files which that job's checkpoints share. */
  private String foreign(String job, long id, String... shared) {
    StateHandle[] handles =
        Stream.of(shared)
            .map(file -> new StateHandle.InFile(job + "/shared/" + file, 3, 0))
            .toArray(StateHandle[]::new);
    String path = job + "/chk-" + id;
    fixture.disk.overwrite(
        path + "/_metadata", MetadataCodec.encode(metadata(id, handles), path + "/"));
    return path;
  }

  @Test
  void discardingASnapshotLeavesWhatIsNotItsOwn() throws IOException {
    CheckpointLocation location = storage.begin(7);
    StateHandle own = write(location, 500);
    fixture.disk.overwrite(JOB + "/shared/a", new byte[3]);
    fixture.disk.overwrite(JOB + "/chk-6/b", new byte[3]);
    fixture.disk.overwrite(JOB + "/chk-7/notes of the user", new byte[3]);
    SnapshotMetadata metadata =
        metadata(
            7,
            own,
            new StateHandle.InFile(JOB + "/shared/a", 3, 0),
            new StateHandle.InFile(JOB + "/chk-6/b", 3, 0));
    String path = location.publish(metadata);

    storage.discard(path, metadata);
    storage.discard(path, metadata);

    assertThat(fixture.disk.locations())
        .containsExactly(JOB + "/chk-6/b", JOB + "/chk-7/notes of the user", JOB + "/shared/a");
  }

  @Test
  void aCheckpointOfThisJobIsDiscardedByItsId() throws IOException {
    fixture.publish(7);
    fixture.publish(70);

    storage.discard(7);
    storage.discard(7);

    assertThat(storage.checkpoints())
        .extracting(StoredCheckpoint::checkpointId)
        .containsExactly(70L);
    assertThat(fixture.disk.locations()).allMatch(file -> file.contains("/chk-70/"));
  }

  @Test
  void theRootOfAStorageIsNeverDiscarded() {
    assertThatThrownBy(() -> storage.discard("memory:///", metadata(1)))
        .isInstanceOf(UnusableStorageException.class)
        .hasMessageContaining("root");
    assertThatThrownBy(() -> storage.discard("memory://bucket", metadata(1)))
        .isInstanceOf(UnusableStorageException.class);
  }

  @Test
  void whenAPathIsThatOfAJob_thenItsCheckpointsAreNamed() throws IOException {
    fixture.publish(7);
    fixture.publish(8);

    assertThatThrownBy(() -> storage.read(JOB))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("chk-7, chk-8");
    assertThatThrownBy(() -> storage.read(JOB + "/chk-9"))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("no such directory");
  }

  @Test
  void damagedMetadataNamesTheSnapshot() throws IOException {
    String path = fixture.publish(7);
    byte[] content = fixture.disk.content(path + "/_metadata");
    content[content.length / 2]++;
    fixture.disk.overwrite(path + "/_metadata", content);

    assertThatThrownBy(() -> storage.read(path))
        .isInstanceOf(CorruptStateException.class)
        .hasMessageContaining(path)
        .hasMessageContaining("checksum");
  }

  @Test
  void withoutADirectoryPerJobCheckpointsAreInTheRoot() throws IOException {
    CheckpointStorageSettings settings =
        new CheckpointStorageSettings("memory:///alone", false, 100, 64);
    CheckpointStorage alone =
        new CheckpointStorage(
            fixture.disk.storages(), settings, SampleSnapshots.JOB, UUID::randomUUID);

    assertThat(CheckpointStorageFixture.publish(alone.begin(3), 3))
        .isEqualTo("memory:///alone/chk-3");
    assertThat(alone.checkpoints()).hasSize(1);
    assertThat(alone.path()).isEqualTo("memory:///alone");
  }

  @Test
  void settingsRefuseAThresholdBeyondTheLimit() {
    assertThatThrownBy(() -> new CheckpointStorageSettings("/x", true, (1 << 20) + 1, 64))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1048576");
    assertThatThrownBy(() -> new CheckpointStorageSettings("/x", true, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(List.of(CheckpointStorageSettings.in("/x").inlineThresholdBytes()))
        .containsExactly(20_480);
  }

  private static void discard(CheckpointLocation location) {
    try {
      location.discard();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
