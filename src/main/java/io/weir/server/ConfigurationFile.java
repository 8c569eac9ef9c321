package io.weir.server;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file with configuration, read once, when the application starts. It need not be there. */
abstract class ConfigurationFile implements ConfigSource {
  private static final Logger LOG = LoggerFactory.getLogger(ConfigurationFile.class);

  private final Path file;
  private final int ordinal;
  private final Map<String, String> values;

  /** How such a file is read. */
  @FunctionalInterface
  interface Format {
    /**
     * The values by key.
     *
     * @throws IllegalArgumentException if it is malformed; the message quotes no values
     */
    Map<String, String> read(Reader reader) throws IOException;
  }

  /**
   * Reads a file.
   *
   * @param variable the environment variable that names another one
   * @throws IllegalStateException if it is there and cannot be read
   */
  ConfigurationFile(Path file, int ordinal, String variable, Format format) {
    this.file = file;
    this.ordinal = ordinal;
    this.values = Map.copyOf(read(file, variable, format));
  }

  private static Map<String, String> read(Path file, String variable, Format format) {
    if (!Files.exists(file)) {
      return Map.of();
    }
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      return format.read(reader);
    } catch (IOException | IllegalArgumentException e) {
      String message =
          "The configuration file %s cannot be read (%s). Correct it, or name another one with the environment variable %s."
              .formatted(file.toAbsolutePath(), e.getMessage(), variable);
      // the container does not say why a source of configuration could not be loaded
      LOG.error(message);
      throw new IllegalStateException(message, e);
    }
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
    return ordinal;
  }
}
