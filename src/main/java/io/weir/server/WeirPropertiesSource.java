package io.weir.server;

import io.weir.config.ServerOptions;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The file in which a user looks first: {@code weir.properties}. It stands above the defaults that
 * are packed with Weir and below environment variables and {@code server.xml}.
 *
 * <p>Where it is: the system property {@code weir.config.file}, or the environment variable {@code
 * WEIR_CONFIG_FILE}, or {@code weir.properties} in the server's folder.
 */
public final class WeirPropertiesSource extends ConfigurationFile {

  /** Above {@code microprofile-config.properties} (100), below the environment (300). */
  static final int ORDINAL = 200;

  private static final String VARIABLE = "WEIR_CONFIG_FILE";
  private static final String FILE_NAME = "weir.properties";

  /** For the service loader. */
  public WeirPropertiesSource() {
    this(location(System::getProperty, System::getenv));
  }

  WeirPropertiesSource(Path file) {
    super(file, ORDINAL, VARIABLE, WeirPropertiesSource::parse);
  }

  static Path location(UnaryOperator<String> systemProperty, UnaryOperator<String> environment) {
    String given = systemProperty.apply(ServerOptions.CONFIG_FILE.key());
    if (given == null) {
      given = environment.apply(VARIABLE);
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

  private static Map<String, String> parse(Reader reader) throws IOException {
    Properties properties = new Properties();
    properties.load(reader);
    Map<String, String> values = new TreeMap<>();
    for (String key : properties.stringPropertyNames()) {
      values.put(key, properties.getProperty(key).strip());
    }
    return values;
  }
}
