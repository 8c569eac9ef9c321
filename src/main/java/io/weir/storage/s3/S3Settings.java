package io.weir.storage.s3;

import io.weir.config.Configuration;
import io.weir.config.IllegalConfigurationException;
import io.weir.config.S3Options;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;

/**
 * How the store is reached.
 *
 * @param endpoint empty for AWS
 * @param region empty if the SDK is to find it
 * @param keys empty if the SDK is to find credentials
 */
record S3Settings(
    Optional<URI> endpoint,
    Optional<String> region,
    boolean pathStyle,
    Optional<Keys> keys,
    int partBytes,
    Duration requestTimeout,
    Duration operationTimeout) {

  private static final String REGION_OF_OTHER_STORES = "us-east-1";

  /** Credentials; the text form tells nothing. */
  record Keys(String accessKey, String secretKey) {
    @Override
    public String toString() {
      return "Keys[hidden]";
    }
  }

  static S3Settings of(Configuration configuration) {
    Optional<URI> endpoint =
        configuration.getOptional(S3Options.ENDPOINT).map(S3Settings::endpointOf);
    Optional<String> region = configuration.getOptional(S3Options.REGION);
    return new S3Settings(
        endpoint,
        region.or(() -> endpoint.map(own -> REGION_OF_OTHER_STORES)),
        configuration.get(S3Options.PATH_STYLE_ACCESS),
        keysOf(configuration),
        (int) configuration.get(S3Options.PART_SIZE).getBytes(),
        configuration.get(S3Options.REQUEST_TIMEOUT),
        configuration.get(S3Options.OPERATION_TIMEOUT));
  }

  private static URI endpointOf(String text) {
    String withScheme = text.contains("://") ? text : "https://" + text;
    try {
      URI endpoint = new URI(withScheme);
      if (endpoint.getHost() != null && endpoint.getScheme().matches("https?")) {
        return endpoint;
      }
    } catch (URISyntaxException e) {
      // said below
    }
    throw new IllegalConfigurationException(
        "%s = '%s' is no address of a server. Example: %s = http://127.0.0.1:9000"
            .formatted(S3Options.ENDPOINT, text, S3Options.ENDPOINT));
  }

  private static Optional<Keys> keysOf(Configuration configuration) {
    Optional<String> access = configuration.getOptional(S3Options.ACCESS_KEY);
    Optional<String> secret = configuration.getOptional(S3Options.SECRET_KEY);
    if (access.isPresent() != secret.isPresent()) {
      throw new IllegalConfigurationException(
          "%s is set without %s. Set both, or neither, so that the AWS SDK looks for credentials."
              .formatted(
                  access.isPresent() ? S3Options.ACCESS_KEY : S3Options.SECRET_KEY,
                  access.isPresent() ? S3Options.SECRET_KEY : S3Options.ACCESS_KEY));
    }
    return access.map(key -> new Keys(key, secret.orElseThrow()));
  }
}
