package io.weir.storage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.storage.ObjectStorage;
import io.weir.storage.ObjectStorageContract;
import io.weir.storage.ObjectStorages;
import io.weir.storage.RelativePath;
import io.weir.storage.StorageOutput;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStorageTest extends ObjectStorageContract {
  @TempDir private Path temporary;

  @Override
  protected ObjectStorage freshStorage() throws IOException {
    return ObjectStorages.of(new FileStorageProvider())
        .at(temporary.resolve("not there yet/checkpoints").toString());
  }

  @Test
  void directoriesComeIntoBeingByThemselves() throws IOException {
    try (StorageOutput out = freshStorage().create(RelativePath.of("job/chk-1/a"))) {
      out.commit();
    }

    assertThat(temporary.resolve("not there yet/checkpoints/job/chk-1/a")).isEmptyFile();
  }

  @Test
  void belowAFileThereIsNothing() throws IOException {
    ObjectStorage storage = freshStorage();
    storage.putIfAbsent(RelativePath.of("dir/a"), new byte[1]);

    assertThat(storage.length(RelativePath.of("dir/a/b"))).isEmpty();
  }

  @Test
  void whenADirectoryIsAFile_thenThePlaceIsNamed() throws IOException {
    Files.writeString(temporary.resolve("not there yet"), "a file");

    assertThatThrownBy(() -> freshStorage().create(RelativePath.of("a")))
        .isInstanceOf(FileAlreadyExistsException.class)
        .hasMessageContaining("not there yet");
  }

  @Test
  void deleteTreeRemovesALinkAndNotWhatItPointsTo() throws IOException {
    Path precious = Files.createDirectories(temporary.resolve("precious"));
    Files.writeString(precious.resolve("a"), "keep me");
    Path root = Files.createDirectories(temporary.resolve("not there yet/checkpoints/chk-1"));
    Files.createSymbolicLink(root.resolve("link"), precious);

    freshStorage().deleteTree(RelativePath.of("chk-1"));

    assertThat(root).doesNotExist();
    assertThat(precious.resolve("a")).hasContent("keep me");
  }

  @Test
  void listFollowsALinkAsRootAndNoneBelow() throws IOException {
    Path real = Files.createDirectories(temporary.resolve("real/chk-1"));
    Files.writeString(real.resolve("a"), "x");
    Files.createSymbolicLink(real.resolve("loop"), temporary.resolve("real"));
    Files.createSymbolicLink(temporary.resolve("link"), temporary.resolve("real"));
    ObjectStorage storage =
        ObjectStorages.of(new FileStorageProvider()).at(temporary.resolve("link").toString());

    assertThat(storage.list(RelativePath.ROOT))
        .extracting(object -> object.path().toString())
        .containsExactly("chk-1/a");
    assertThat(storage.list(RelativePath.of("chk-1")))
        .extracting(object -> object.path().toString())
        .containsExactly("chk-1/a");
  }

  @Test
  void whenTheDirectoryIsDeletedWhileOthersWrite_thenNothingButTheirFailureIsSeen()
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    ObjectStorage storage = freshStorage();
    RelativePath directory = RelativePath.of("chk-1");
    try {
      Future<?> writer =
          threads.submit(
              () -> {
                for (int i = 0; i < 300; i++) {
                  try (StorageOutput out = storage.create(directory.resolve("f" + i))) {
                    out.write(i);
                    out.commit();
                  } catch (IOException expected) {
                    assertThat(expected).hasMessageContaining("chk-1");
                  }
                }
              });
      while (!writer.isDone()) {
        try {
          storage.deleteTree(directory);
        } catch (DirectoryNotEmptyException expected) {
          assertThat(expected).hasMessageContaining("chk-1");
        }
      }
      writer.get();
      storage.deleteTree(directory);
    } finally {
      threads.shutdownNow();
    }
    assertThat(storage.list(RelativePath.ROOT)).isEmpty();
  }
}
