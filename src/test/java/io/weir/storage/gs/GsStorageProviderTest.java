package io.weir.storage.gs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.client.http.HttpHeaders;
import com.google.api.client.http.HttpResponseException;
import io.weir.config.Configuration;
import io.weir.config.GsOptions;
import io.weir.config.IllegalConfigurationException;
import io.weir.config.MemorySize;
import io.weir.storage.ObjectStorage;
import io.weir.storage.ObjectStorages;
import io.weir.storage.RelativePath;
import io.weir.storage.UnusableStorageException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GsStorageProviderTest {
  private static final String SECRET = "hush-hush";
  private static final RelativePath PATH = RelativePath.of("a");

  @ParameterizedTest
  @CsvSource({
    "gs://my-bucket/checkpoints, gs://my-bucket/checkpoints/",
    "gs://my.bucket_1, gs://my.bucket_1/",
    "GS://my-bucket/a/../b%20c, gs://my-bucket/b%20c/"
  })
  void aBucketAndADirectoryAreALocation(String location, String root) throws IOException {
    try (ObjectStorages storages = storages(new Configuration())) {
      assertThat(storages.at(location).root()).hasToString(root);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gs:///checkpoints", "gs://key:hush-hush@bucket/x", "gs://bucket:80/x"})
  void withoutABucketItIsNoLocationAndNothingIsRepeated(String location) throws IOException {
    try (ObjectStorages storages = storages(new Configuration())) {
      assertThatThrownBy(() -> storages.at(location))
          .isInstanceOf(UnusableStorageException.class)
          .hasMessageContaining("names no bucket")
          .hasMessageNotContaining(SECRET);
    }
  }

  @Test
  void aClosedConnectionSaysSo() throws IOException {
    ObjectStorages storages = storages(new Configuration());
    ObjectStorage storage = storages.at("gs://bucket/x");
    storages.close();
    storages.close();

    assertThatThrownBy(() -> storage.length(PATH))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void aKeyThatCannotBeReadIsNamedAndNotShown(@TempDir Path directory) throws IOException {
    Path broken = Files.writeString(directory.resolve("key.json"), "{\"private_key\": \"hush-hush");
    for (Path file : new Path[] {broken, directory.resolve("nowhere")}) {
      Configuration configuration = new Configuration().set(GsOptions.KEY_FILE, file.toString());
      try (ObjectStorages storages = storages(configuration)) {
        assertThatThrownBy(() -> storages.at("gs://bucket").length(PATH))
            .isInstanceOf(UnusableStorageException.class)
            .hasMessageContaining(file.toString())
            .hasMessageContaining("gs.auth.service.account.json.keyfile")
            .hasStackTraceContaining("key")
            .satisfies(e -> assertThat(e).hasNoCause().hasMessageNotContaining(SECRET));
      }
    }
  }

  @Test
  void aKeyBesideNoAuthenticationIsRefused() {
    Configuration both =
        new Configuration().set(GsOptions.KEY_FILE, "/key").set(GsOptions.AUTHENTICATED, false);

    assertThatThrownBy(() -> storages(both))
        .isInstanceOf(IllegalConfigurationException.class)
        .hasMessageContaining("gs.auth.service.account.enable");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://host", "http://", "host:80", "http://a b"})
  void whatIsNoAddressIsRefused(String text) {
    assertThatThrownBy(() -> GsSettings.of(new Configuration().set(GsOptions.ROOT_URL, text)))
        .isInstanceOf(IllegalConfigurationException.class)
        .hasMessageContaining("gs.storage.root.url")
        .hasMessageContaining("Example");
  }

  @Test
  void partsAreWhatGoogleTakes() {
    Configuration odd = new Configuration();

    assertThatThrownBy(() -> odd.set(GsOptions.CHUNK_SIZE, new MemorySize(300_000)))
        .isInstanceOf(IllegalConfigurationException.class)
        .hasMessageContaining("multiples of 256 kb");
    assertThat(GsSettings.of(new Configuration()).chunkBytes()).isEqualTo(8 << 20);
  }

  @Test
  void whatTheStoreAnswersIsSaidInTheWordsOfStorages() {
    assertThat(failure(404, "No such object: b/a"))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("gs://b/a");
    assertThat(failure(404, "The specified bucket does not exist."))
        .isInstanceOf(UnusableStorageException.class)
        .hasMessageContaining("The bucket of gs://b/a does not exist")
        .hasMessageContaining("Create it");
    assertThat(failure(403, "weir has no storage.objects.create access"))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContaining("storage.objects.create");
    assertThat(failure(401, "Invalid Credentials"))
        .isInstanceOf(UnusableStorageException.class)
        .hasMessageContaining("does not accept the credentials")
        .hasMessageContaining("gs.auth.service.account.json.keyfile");
    assertThat(failure(429, "rateLimitExceeded"))
        .hasMessageContaining("writing gs://b/a at here failed")
        .hasMessageContaining("rateLimitExceeded");
  }

  private static IOException failure(int status, String message) {
    HttpResponseException answer =
        new HttpResponseException.Builder(status, message, new HttpHeaders())
            .setMessage(status + " " + message)
            .build();
    return GsFailure.of("writing", "gs://b/a", "here", answer);
  }

  private static ObjectStorages storages(Configuration configuration) {
    return ObjectStorages.of(new GsStorageProvider(configuration));
  }
}
