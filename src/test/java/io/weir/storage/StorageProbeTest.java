package io.weir.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weir.storage.file.FileStorageProvider;
import io.weir.testkit.InMemoryStorage;
import io.weir.testkit.SampleSnapshots;
import io.weir.testkit.StorageFault;
import io.weir.testkit.StorageOperation;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StorageProbeTest {
  @TempDir private Path temporary;

  @Test
  void aDirectoryThatCanBeUsedIsLeftAsItWas() throws Exception {
    at(temporary.resolve("new/checkpoints")).probe();

    assertThat(temporary.resolve("new/checkpoints")).isEmptyDirectory();
  }

  @ParameterizedTest
  @EnumSource(
      value = StorageOperation.class,
      names = {
        "CREATE",
        "APPEND",
        "SYNC_CONTENT",
        "NAME",
        "SYNC_NAME",
        "OPEN",
        "LIST",
        "DELETE",
        "LENGTH"
      })
  void whicheverStepFailsItIsNamedWithTheDirectoryAndAWayOut(StorageOperation failing)
      throws IOException {
    CheckpointStorageFixture fixture = new CheckpointStorageFixture(1);
    fixture.disk.setFaults(
        (operation, location) -> operation == failing ? StorageFault.FAIL : StorageFault.NONE);

    assertThatThrownBy(fixture.storage::probe)
        .isInstanceOf(UnusableStorageException.class)
        .hasMessageContaining(CheckpointStorageFixture.ROOT)
        .hasMessageContaining("injected fault")
        .hasMessageContaining("configure another directory");
  }

  @Test
  void whenReadsAreWrong_thenItIsRefused() throws IOException {
    CheckpointStorageFixture fixture = new CheckpointStorageFixture(1);
    fixture.disk.setFaults(
        (operation, location) ->
            operation == StorageOperation.OPEN ? StorageFault.CORRUPT_READ : StorageFault.NONE);

    assertThatThrownBy(fixture.storage::probe).hasMessageContaining("reads back differently");
  }

  @Test
  void aStorageThatReplacesWhatItIsToKeepIsRefused() {
    ObjectStorage real = new InMemoryStorage(1, () -> 0).open(URI.create("memory:///x/"));
    ObjectStorage forgetful =
        (ObjectStorage)
            Proxy.newProxyInstance(
                ObjectStorage.class.getClassLoader(),
                new Class<?>[] {ObjectStorage.class},
                (proxy, method, arguments) ->
                    method.getName().equals("putIfAbsent")
                        ? (Object) true
                        : method.invoke(real, arguments));

    assertThatThrownBy(() -> StorageProbe.run(forgetful, UUID.randomUUID()))
        .isInstanceOf(UnusableStorageException.class)
        .hasMessageContaining("memory:///x/")
        .hasMessageContaining("two servers could publish the same checkpoint")
        .hasMessageContaining("If-None-Match");
  }

  @Test
  void whenTheDirectoryIsAFile_thenTheMessageSaysSo() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "x");

    assertThatThrownBy(at(file)::probe)
        .isInstanceOf(UnusableStorageException.class)
        .hasMessageContaining(file + " is a file")
        .hasMessageContaining("Remove that file");
    assertThatThrownBy(at(file.resolve("below"))::probe)
        .isInstanceOf(UnusableStorageException.class)
        .hasMessageContaining(file.toString());
    assertThat(file).hasContent("x");
  }

  @Test
  void whenTheDirectoryCannotBeWritten_thenTheMessageSaysSo() throws Exception {
    MountedDirectory.readOnly(
        temporary.resolve("read-only"),
        directory ->
            assertThatThrownBy(at(directory)::probe)
                .isInstanceOf(UnusableStorageException.class)
                .hasMessageContaining(directory.toString())
                .hasMessageContaining("writing a file failed")
                .hasMessageContaining("right to"));
  }

  @Test
  void whenTheAccountHasNoRight_thenTheMessageSaysSo() throws Exception {
    Path directory = Files.createDirectory(temporary.resolve("closed"));
    assumeTrue(directory.toFile().setWritable(false), "the file system has permissions");
    assumeTrue(!Files.isWritable(directory), "the superuser may write everywhere");

    assertThatThrownBy(at(directory)::probe)
        .hasMessageContaining("access to")
        .hasMessageContaining("is denied");
  }

  @Test
  void whenTheDiskIsFull_thenACheckpointFailsLeavesNothingAndTheNextOneSucceedsOnceThereIsRoom()
      throws Exception {
    MountedDirectory.ofOneMebibyte(
        temporary.resolve("full"),
        directory -> {
          CheckpointStorage storage = at(directory);
          Path ballast = Files.write(directory.resolve("ballast"), new byte[900 << 10]);
          CheckpointLocation location = storage.begin(1);

          assertThatThrownBy(() -> CheckpointStorageFixture.write(location, 400 << 10))
              .isInstanceOf(IOException.class)
              .hasMessageContaining("No space left");
          location.discard();
          try (var files = Files.list(directory.resolve(SampleSnapshots.JOB.toString()))) {
            assertThat(files).isEmpty();
          }

          Files.delete(ballast);
          CheckpointLocation next = storage.begin(2);
          String path =
              next.publish(
                  CheckpointStorageFixture.metadata(
                      2, CheckpointStorageFixture.write(next, 400 << 10)));
          assertThat(CheckpointStorageFixture.readAll(storage, path).checkpointId()).isEqualTo(2);

          Files.write(directory.resolve("ballast"), new byte[500 << 10]);
          fill(directory.resolve("rest"));
          assertThatThrownBy(storage::probe)
              .isInstanceOf(UnusableStorageException.class)
              .hasMessageContaining("Make room");
        });
  }

  @Test
  void probesOfTwoJobsDoNotDisturbEachOther() {
    assertThatCode(
            () -> {
              for (CheckpointStorage storage : List.of(at(temporary), at(temporary))) {
                storage.probe();
              }
            })
        .doesNotThrowAnyException();
  }

  private static void fill(Path file) {
    try (var out = Files.newOutputStream(file)) {
      for (int i = 0; i < 1 << 20; i++) {
        out.write(new byte[256]);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left");
    }
  }

  private static CheckpointStorage at(Path directory) throws IOException {
    return new CheckpointStorage(
        ObjectStorages.of(new FileStorageProvider()),
        CheckpointStorageFixture.settings(directory.toString()),
        SampleSnapshots.JOB,
        UUID::randomUUID);
  }
}
