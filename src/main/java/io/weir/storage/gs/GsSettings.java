package io.weir.storage.gs;

import io.weir.config.Configuration;
import io.weir.config.GsOptions;
import io.weir.config.IllegalConfigurationException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How the store is reached.
 *
 * @param rootUrl with a {@code /} at its end; empty for Google's
 * @param keyFile empty if the library is to find credentials
 */
record GsSettings(
    Optional<String> rootUrl,
    boolean authenticated,
    Optional<Path> keyFile,
    int chunkBytes,
    Duration requestTimeout,
    Duration operationTimeout) {

  static GsSettings of(Configuration configuration) {
    Optional<String> keyFile = configuration.getOptional(GsOptions.KEY_FILE);
    boolean authenticated = configuration.get(GsOptions.AUTHENTICATED);
    if (keyFile.isPresent() && !authenticated) {
      throw new IllegalConfigurationException(
          "%s is set, but %s = false, so that it would not be used. Remove one of them."
              .formatted(GsOptions.KEY_FILE, GsOptions.AUTHENTICATED));
    }
    return new GsSettings(
        configuration.getOptional(GsOptions.ROOT_URL).map(GsSettings::rootUrlOf),
        authenticated,
        keyFile.map(Path::of),
        (int) configuration.get(GsOptions.CHUNK_SIZE).getBytes(),
        configuration.get(GsOptions.REQUEST_TIMEOUT),
        configuration.get(GsOptions.OPERATION_TIMEOUT));
  }

  private static String rootUrlOf(String text) {
    try {
      URI url = new URI(text);
      if (url.getHost() != null && url.getScheme().matches("https?")) {
        return text.endsWith("/") ? text : text + "/";
      }
    } catch (URISyntaxException e) {
      // said below
    }
    throw new IllegalConfigurationException(
        "%s = '%s' is no address of a server. Example: %s = http://127.0.0.1:9023"
            .formatted(GsOptions.ROOT_URL, text, GsOptions.ROOT_URL));
  }
}
