package io.weir.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.storage.file.FileStorageProvider;
import io.weir.testkit.InMemoryStorage;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObjectStoragesTest {
  private final ObjectStorages storages =
      ObjectStorages.of(new FileStorageProvider(), new InMemoryStorage(1, () -> 0));

  @ParameterizedTest
  @CsvSource({
    "/var/weir, file:///var/weir/",
    "/var/weir/, file:///var/weir/",
    "/var/./weir/../x, file:///var/x/",
    "/var/a b, file:///var/a%20b/",
    "file:/var/weir, file:///var/weir/",
    "file:///var/weir, file:///var/weir/",
    "FILE:///var/weir/, file:///var/weir/",
    "file:///var/a%20b, file:///var/a%20b/",
    "file:///, file:///",
    "memory://bucket, memory://bucket/",
    "memory://bucket/a/../b, memory://bucket/b/",
    "' /var/weir ', file:///var/weir/"
  })
  void aLocationHasOneFormHoweverItIsWritten(String location, String root) throws IOException {
    assertThat(storages.at(location).root()).hasToString(root);
  }

  @Test
  void aRelativePathIsSeenFromTheWorkingDirectory() throws IOException {
    assertThat(storages.at("checkpoints").root()).hasToString(Path.of("checkpoints").toUri() + "/");
  }

  @Test
  void anUnknownSchemeIsNamedWithThoseThatAreKnown() {
    assertThatThrownBy(() -> storages.at("s4://bucket/x"))
        .isInstanceOf(UnusableStorageException.class)
        .hasMessageContaining("'s4'")
        .hasMessageContaining("file, memory");
  }

  @ParameterizedTest
  @CsvSource({
    "'', empty",
    "'  ', empty",
    "file:relative/path, relative",
    "file://tmp/x, three slashes",
    "file:///a b, %20",
    "memory://b/x?y=z, '?'",
    "memory://b/x#y, '#'",
    "memory://b/../x, '..'"
  })
  void whatIsNoLocationIsRefusedWithAReason(String location, String reason) {
    assertThatThrownBy(() -> storages.at(location))
        .isInstanceOf(UnusableStorageException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void twoProvidersOfOneSchemeAreAMistake() {
    assertThatThrownBy(
            () -> ObjectStorages.of(new FileStorageProvider(), new FileStorageProvider()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("file");
  }
}
