package io.weir.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.config.Configuration;
import io.weir.config.IllegalConfigurationException;
import io.weir.config.S3Options;
import io.weir.storage.ObjectStorages;
import io.weir.storage.RelativePath;
import io.weir.storage.UnusableStorageException;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class S3StorageProviderTest {
  private static final String SECRET = "hush-hush";

  @ParameterizedTest
  @CsvSource({
    "s3://my-bucket/checkpoints, s3://my-bucket/checkpoints/",
    "s3://my-bucket, s3://my-bucket/",
    "S3A://my.bucket_1/a/../b, s3a://my.bucket_1/b/",
    "s3p://my-bucket/a%20b, s3p://my-bucket/a%20b/"
  })
  void aBucketAndADirectoryAreALocation(String location, String root) throws IOException {
    try (ObjectStorages storages = storages(new Configuration())) {
      assertThat(storages.at(location).root()).hasToString(root);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3:///checkpoints", "s3://key:hush-hush@bucket/x", "s3://bucket:80/x"})
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
    storages.close();
    storages.close();

    assertThatThrownBy(() -> storages.at("s3://bucket").length(RelativePath.of("a")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("closed");
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:9000, http://127.0.0.1:9000",
    "minio.example.org, https://minio.example.org",
    "minio.example.org:9000, https://minio.example.org:9000"
  })
  void anEndpointMayBeAnAddressOrAHost(String text, URI endpoint) {
    S3Settings settings = S3Settings.of(new Configuration().set(S3Options.ENDPOINT, text));

    assertThat(settings.endpoint()).hasValue(endpoint);
    assertThat(settings.region()).hasValue("us-east-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://host", "http://", "http://a b"})
  void whatIsNoEndpointIsRefused(String text) {
    assertThatThrownBy(() -> S3Settings.of(new Configuration().set(S3Options.ENDPOINT, text)))
        .isInstanceOf(IllegalConfigurationException.class)
        .hasMessageContaining("s3.endpoint")
        .hasMessageContaining("Example");
  }

  @Test
  void halfOfTheCredentialsIsRefused() {
    assertThatThrownBy(() -> S3Settings.of(new Configuration().set(S3Options.SECRET_KEY, SECRET)))
        .isInstanceOf(IllegalConfigurationException.class)
        .hasMessageContaining("s3.secret-key is set without s3.access-key")
        .hasMessageNotContaining(SECRET);
  }

  @Test
  void secretsAreShownNowhere() {
    Configuration configuration =
        new Configuration()
            .set(S3Options.ACCESS_KEY, "id of " + SECRET)
            .set(S3Options.SECRET_KEY, SECRET);

    assertThat(S3Settings.of(configuration).toString()).doesNotContain(SECRET);
    assertThat(configuration.toString()).doesNotContain(SECRET).contains("s3.secret-key=******");
    assertThat(configuration.toMapWithoutSecrets().toString()).doesNotContain(SECRET);
    assertThat(configuration.get(S3Options.SECRET_KEY)).isEqualTo(SECRET);
  }

  @Test
  void keysOfOlderVersionsAreRead() {
    Configuration configuration =
        new Configuration()
            .setString("s3.access.key", "a")
            .setString("s3.secret.key", "b")
            .setString("s3.path-style-access", "true")
            .setString("s3.endpoint.region", "eu-central-1");

    S3Settings settings = S3Settings.of(configuration);

    assertThat(settings.keys()).hasValue(new S3Settings.Keys("a", "b"));
    assertThat(settings.pathStyle()).isTrue();
    assertThat(settings.region()).hasValue("eu-central-1");
  }

  private static ObjectStorages storages(Configuration configuration) {
    return ObjectStorages.of(new S3StorageProvider(configuration));
  }
}
