package io.weir.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.storage.file.FileStorageProvider;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FullDiskTest {
  private static final byte[] TOO_MUCH = new byte[2 << 20];

  @TempDir private Path temporary;

  @Test
  void whenThereIsNoRoom_thenTheFailureNamesTheFile_andNothingIsLeftOfIt() throws Exception {
    MountedDirectory.ofOneMebibyte(
        temporary.resolve("small"),
        directory -> {
          ObjectStorage storage =
              ObjectStorages.of(new FileStorageProvider()).at(directory.toString());

          try (StorageOutput out = storage.create(RelativePath.of("job/a"))) {
            assertThatThrownBy(() -> out.write(TOO_MUCH))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("small/job/a: ", "No space left on device");
          }
          assertThatThrownBy(() -> storage.putIfAbsent(RelativePath.of("job/b"), TOO_MUCH))
              .isInstanceOf(IOException.class)
              .hasMessageContainingAll("small/job/b: ", "No space left on device");
          assertThat(storage.list(RelativePath.ROOT)).isEmpty();
        });
  }
}
