package io.weir.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.snapshot.CorruptStateException;
import io.weir.snapshot.SnapshotMetadata;
import io.weir.snapshot.StateHandle;
import io.weir.snapshot.StateOutput;
import io.weir.storage.file.FileStorageProvider;
import io.weir.testkit.InMemoryStorage;
import io.weir.testkit.SampleSnapshots;
import io.weir.testkit.StorageFault;
import io.weir.testkit.StorageFaults;
import io.weir.testkit.StorageOperation;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalBackupTest {
  private static final String STORE = "memory:///checkpoints/";
  private static final String COPIES = "memory:///local/";

  private final InMemoryStorage disk = new InMemoryStorage(1, () -> 0);
  private final SplittableRandom random = new SplittableRandom(5);
  private final LocalBackup backup;
  private final CheckpointStorage storage;

  LocalBackupTest() throws IOException {
    backup =
        new LocalBackup(
            disk.storages(),
            List.of("memory:///local/a", "memory:///local/b"),
            SampleSnapshots.JOB);
    storage = storage(backup);
  }

  private CheckpointStorage storage(LocalBackup copies) throws IOException {
    return new CheckpointStorage(
            disk.storages(),
            new CheckpointStorageSettings("memory:///checkpoints", true, 10, 64),
            SampleSnapshots.JOB,
            () -> new UUID(random.nextLong(), random.nextLong()))
        .with(copies);
  }

  private static byte[] content(int number) {
    return ("the state number " + number + ' ').repeat(20).getBytes(StandardCharsets.UTF_8);
  }

  private static StateHandle.InFile write(StateOutput output, int number) throws IOException {
    try (output) {
      output.write(content(number));
      return (StateHandle.InFile) output.finish();
    }
  }

  private byte[] read(StateHandle handle) throws IOException {
    try (InputStream in = storage.reader().open(handle)) {
      return in.readAllBytes();
    }
  }

  private static SnapshotMetadata metadata(long checkpointId, StateHandle... handles) {
    return SampleSnapshots.holding(SampleSnapshots.JOB, checkpointId, List.of(handles));
  }

  private static String nameOf(StateHandle.InFile file) {
    return file.location().substring(file.location().lastIndexOf('/') + 1);
  }

  private List<String> copies() {
    return disk.locations().stream()
        .filter(location -> location.startsWith(COPIES))
        .map(location -> location.substring(location.lastIndexOf('/') + 1))
        .sorted()
        .toList();
  }

  private String copyOf(StateHandle.InFile file) {
    return disk.locations().stream()
        .filter(each -> each.startsWith(COPIES) && each.endsWith(nameOf(file)))
        .findFirst()
        .orElseThrow();
  }

  private static StorageFaults refusing(StorageOperation operation, String below) {
    return (each, location) ->
        each == operation && location.startsWith(below) ? StorageFault.FAIL : StorageFault.NONE;
  }

  @Test
  void stateIsReadFromItsCopy_alsoWhenTheStoreRefusesToGiveIt() throws IOException {
    CheckpointLocation location = storage.begin(1);
    List<StateHandle.InFile> files =
        List.of(write(location.create(), 1), write(location.create(), 2));
    disk.setFaults(refusing(StorageOperation.OPEN, STORE));

    assertThat(read(files.get(0))).isEqualTo(content(1));
    assertThat(read(files.get(1))).isEqualTo(content(2));
    assertThat(backup.takeReport())
        .hasValueSatisfying(
            report ->
                assertThat(report).contains("2 files (760 bytes) on the local disk", "0 files"));
    assertThat(backup.takeReport()).isEmpty();
  }

  @Test
  void aCopyWithAChangedByteIsRemovedAndTheStoreIsAsked() throws IOException {
    StateHandle.InFile file = write(storage.begin(1).create(), 1);
    String copy = copyOf(file);
    byte[] damaged = disk.content(copy).clone();
    damaged[100] ^= 1;
    disk.overwrite(copy, damaged);

    assertThat(read(file)).isEqualTo(content(1));
    assertThat(copies()).isEmpty();
    assertThat(backup.takeReport())
        .hasValueSatisfying(
            report ->
                assertThat(report).contains("0 files (0 bytes) on the local disk and 1 files"));
  }

  @Test
  void aCopyThatWasCutOrCannotBeReadIsNotUsed() throws IOException {
    StateHandle.InFile cut = write(storage.begin(1).create(), 1);
    disk.overwrite(copyOf(cut), new byte[7]);
    assertThat(read(cut)).isEqualTo(content(1));

    StateHandle.InFile unreadable = write(storage.begin(1).create(), 2);
    disk.setFaults(refusing(StorageOperation.OPEN, COPIES));
    assertThat(read(unreadable)).isEqualTo(content(2));
  }

  @Test
  void aCopyThatChangesBehindItsVerificationDoesNotMakeTheCheckpointDamaged() throws IOException {
    StateHandle.InFile file = write(storage.begin(1).create(), 1);
    int[] opened = {0};
    disk.setFaults(
        (operation, location) ->
            operation == StorageOperation.OPEN && opened[0]++ == 1
                ? StorageFault.CORRUPT_READ
                : StorageFault.NONE);

    assertThatThrownBy(() -> read(file))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(CorruptStateException.class)
        .hasNoCause()
        .hasMessageContaining("has changed while it was read");
    assertThat(read(file)).isEqualTo(content(1));
  }

  @Test
  void onlyTheCopiesOfTheNewestCheckpointStay_andThoseOfOnesThatHaveBegunBehindIt()
      throws IOException {
    CheckpointLocation first = storage.begin(1);
    StateHandle.InFile own = write(first.create(), 1);
    StateHandle.InFile shared = write(first.createShared(null), 2);
    backup.completed(metadata(1, own, shared));
    assertThat(copies()).containsExactlyInAnyOrder(nameOf(own), nameOf(shared));

    StateHandle.InFile second = write(storage.begin(2).create(), 3);
    StateHandle.InFile third = write(storage.begin(3).create(), 4);
    backup.completed(metadata(2, shared, second));
    assertThat(copies()).containsExactlyInAnyOrder(nameOf(shared), nameOf(second), nameOf(third));

    // its completion was heard of late
    backup.completed(metadata(1, own, shared));
    assertThat(copies()).containsExactlyInAnyOrder(nameOf(shared), nameOf(second), nameOf(third));

    backup.completed(metadata(3, third));
    assertThat(copies()).containsExactly(nameOf(third));
    assertThat(read(second)).as("the store has it").isEqualTo(content(3));
  }

  @Test
  void theCopiesOfACheckpointThatIsGivenUpAreRemoved_alsoThoseThatAreStillBeingWritten()
      throws IOException {
    CheckpointLocation location = storage.begin(1);
    StateHandle.InFile unused = write(location.create(), 1);
    StateOutput late = location.create();
    late.write(content(2));
    location.discard();
    assertThatThrownBy(late::finish).isInstanceOf(IOException.class);
    late.close();
    assertThat(copies()).isEmpty();
  }

  @Test
  void aCopyThatCannotBeWrittenIsNoFailure_andNoneIsTriedBehindIt() throws IOException {
    CheckpointLocation location = storage.begin(1);
    int[] tries = {0};
    disk.setFaults(
        (operation, place) -> {
          boolean fails =
              place.startsWith(COPIES)
                  && (operation == StorageOperation.APPEND || operation == StorageOperation.CREATE);
          tries[0] += fails ? 1 : 0;
          return fails ? StorageFault.FAIL : StorageFault.NONE;
        });
    StateHandle.InFile one = write(location.create(), 1);
    int triesOfOne = tries[0];
    StateHandle.InFile two = write(location.create(), 2);
    assertThat(triesOfOne).isPositive();
    assertThat(tries[0]).isEqualTo(triesOfOne);
    disk.setFaults(StorageFaults.NONE);
    assertThat(copies()).isEmpty();
    assertThat(read(one)).isEqualTo(content(1));
    assertThat(read(two)).isEqualTo(content(2));
    assertThat(write(storage.begin(2).create(), 3)).extracting(this::copyOf).isNotNull();
  }

  @Test
  void savepointsAndInlinedStateAreNotCopied() throws IOException {
    StateHandle.InFile savepoint =
        write(storage.beginSavepoint("memory:///savepoints").create(), 1);
    assertThat(read(savepoint)).isEqualTo(content(1));
    try (StateOutput small = storage.begin(1).create()) {
      small.write(1);
      assertThat(small.finish()).isInstanceOf(StateHandle.Inline.class);
    }
    assertThat(copies()).isEmpty();
  }

  @Test
  void aNewProcessFindsTheCopiesOfTheOneBefore() throws IOException {
    StateHandle.InFile file = write(storage.begin(1).create(), 1);
    disk.overwrite("memory:///local/a/" + SampleSnapshots.JOB + "/.unfinished.part", new byte[3]);
    LocalBackup next =
        new LocalBackup(
            disk.storages(),
            List.of("memory:///local/a", "memory:///local/b"),
            SampleSnapshots.JOB);
    next.removeUnfinished();
    assertThat(copies()).containsExactly(nameOf(file));
    disk.setFaults(refusing(StorageOperation.OPEN, STORE));
    try (InputStream in = storage(next).reader().open(file)) {
      assertThat(in.readAllBytes()).isEqualTo(content(1));
    }
  }

  @Test
  void nothingStaysOfAJobThatHasEnded() throws IOException {
    CheckpointLocation location = storage.begin(1);
    for (int number = 0; number < 10; number++) {
      StateHandle.InFile unused = write(location.create(), number);
    }
    assertThat(disk.locations()).anyMatch(each -> each.startsWith(COPIES + "a/"));
    assertThat(disk.locations()).anyMatch(each -> each.startsWith(COPIES + "b/"));
    backup.remove();
    assertThat(copies()).isEmpty();
  }

  @Test
  void aFileOnTheLocalDiskIsLinkedInsteadOfWrittenAgain(@TempDir Path directory)
      throws IOException {
    Path source = Files.write(directory.resolve("1.sst"), content(1));
    LocalBackup local =
        new LocalBackup(
            ObjectStorages.of(new FileStorageProvider()),
            List.of(directory.resolve("local").toString()),
            SampleSnapshots.JOB);
    CheckpointLocation location = storage(local).begin(1);
    StateHandle.InFile file = write(location.createShared(source), 1);

    assertThat(Files.getAttribute(source, "unix:nlink")).isEqualTo(2);
    StateHandle.Stored nearest = storage(local).reader().nearest(file);
    assertThat(Path.of(URI.create(nearest.location()))).hasBinaryContent(content(1));
    location.discard();
    assertThat(Files.getAttribute(source, "unix:nlink")).isEqualTo(1);
    assertThat(storage(local).reader().nearest(file)).isEqualTo(file);
  }
}
