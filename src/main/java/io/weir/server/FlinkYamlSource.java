package io.weir.server;

import io.weir.config.ServerOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/**
 * A configuration that was written for Flink: {@code config.yaml}, nested or flat, or the older
 * {@code flink-conf.yaml}. It stands above the defaults that are packed with Weir and below {@code
 * weir.properties}, so that what is particular to this server can be said there.
 *
 * <p>Where it is: the system property {@code weir.config.yaml}, or the environment variable {@code
 * WEIR_CONFIG_YAML}, or beside {@code weir.properties}; of the two names there, {@code config.yaml}
 * is taken if both exist, as in Flink.
 */
public final class FlinkYamlSource extends ConfigurationFile {

  /** Above {@code microprofile-config.properties} (100), below {@code weir.properties} (200). */
  static final int ORDINAL = 150;

  private static final String VARIABLE = "WEIR_CONFIG_YAML";
  private static final String FILE_NAME = "config.yaml";
  private static final String OLDER_FILE_NAME = "flink-conf.yaml";

  /** For the service loader. */
  public FlinkYamlSource() {
    this(location(System::getProperty, System::getenv));
  }

  FlinkYamlSource(Path file) {
    super(file, ORDINAL, VARIABLE, FlinkYaml::read);
  }

  static Path location(UnaryOperator<String> systemProperty, UnaryOperator<String> environment) {
    String given = systemProperty.apply(ServerOptions.CONFIG_YAML.key());
    if (given == null) {
      given = environment.apply(VARIABLE);
    }
    if (given != null) {
      return Path.of(given);
    }
    Path properties = WeirPropertiesSource.location(systemProperty, environment);
    Path present = properties.resolveSibling(FILE_NAME);
    return Files.exists(present) ? present : properties.resolveSibling(OLDER_FILE_NAME);
  }
}
