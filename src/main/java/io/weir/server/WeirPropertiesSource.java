package io.weir.server;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file in which a user looks first: {@code weir.properties}. It stands above the defaults that
 * are packed with Weir and below environment variables and {@code server.xml}. It is read once,
 * when the application starts.
 *
 * <p>Where it is: the system property {@code weir.config.file}, or the environment variable {@code
 * WEIR_CONFIG_FILE}, or {@code weir.properties} in the server's folder.
 */
public final class WeirPropertiesSource implements ConfigSource {

  /** Above {@code microprofile-config.properties} (100), below the environment (300). */
  static final int ORDINAL = 200;

  private static final Logger LOG = LoggerFactory.getLogger(WeirPropertiesSource.class);
  private static final String FILE_NAME = "weir.properties";

  private final Path file;
  private final Map<String, String> values;

  /** For the service loader. */
  public WeirPropertiesSource() {
    this(location(System::getProperty, System::getenv));
  }

  WeirPropertiesSource(Path file) {
    this.file = file;
    this.values = Map.copyOf(read(file));
  }

  static Path location(UnaryOperator<String> systemProperty, UnaryOperator<String> environment) {
    String given = systemProperty.apply("weir.config.file");
    if (given == null) {
      given = environment.apply("WEIR_CONFIG_FILE");
    }
    if (given != null) {
      return Path.of(given);
    }
    String servers = systemProperty.apply("wlp.user.dir");
    String server = systemProperty.apply("wlp.server.name");
    return servers == null || server == null
        ? Path.of(FILE_NAME)
        : Path.of(servers, "servers", server, FILE_NAME);
  }

  private static Map<String, String> read(Path file) {
    if (!Files.exists(file)) {
      return Map.of();
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      String message =
          "The configuration file %s cannot be read (%s). Correct it, or name another one with the"
                  .formatted(file.toAbsolutePath(), e.getMessage())
              + " environment variable WEIR_CONFIG_FILE.";
      // the container does not say why a source of configuration could not be loaded
      LOG.error(message);
      throw new IllegalStateException(message, e);
    }
    Map<String, String> values = new TreeMap<>();
    for (String key : properties.stringPropertyNames()) {
      values.put(key, properties.getProperty(key).strip());
    }
    return values;
  }

  @Override
  public Set<String> getPropertyNames() {
    return values.keySet();
  }

  @Override
  public Map<String, String> getProperties() {
    return values;
  }

  @Override
  public String getValue(String key) {
    return values.get(key);
  }

  @Override
  public String getName() {
    return file.toAbsolutePath().toString();
  }

  @Override
  public int getOrdinal() {
    return ORDINAL;
  }
}
