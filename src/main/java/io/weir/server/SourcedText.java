package io.weir.server;

import org.eclipse.microprofile.config.ConfigValue;

/**
 * A configured text.
 *
 * @param source where it was found, in words
 */
record SourcedText(String text, String source) {
  /** The order of MicroProfile Config and of Liberty. */
  private static final int APPLICATION_PROPERTIES = 600;

  private static final int SERVER_VARIABLES = 500;
  private static final int SYSTEM_PROPERTIES = 400;
  private static final int ENVIRONMENT = 300;
  private static final int SERVER_DEFAULTS = 1;

  static SourcedText of(ConfigValue value) {
    String source =
        switch (value.getSourceOrdinal()) {
          case APPLICATION_PROPERTIES -> "server.xml, <appProperties>";
          case SERVER_VARIABLES -> "server.xml, <variable>";
          case SYSTEM_PROPERTIES -> "system property or bootstrap.properties";
          case ENVIRONMENT -> "environment variable";
          case SERVER_DEFAULTS -> "server.xml, <variable> with a default";
          default -> value.getSourceName();
        };
    return new SourcedText(value.getValue(), source);
  }
}
