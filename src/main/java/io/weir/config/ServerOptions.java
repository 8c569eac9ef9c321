package io.weir.config;

import java.time.Duration;

/** {@code weir.*}: the server as a whole. Read once, when it starts. */
public final class ServerOptions {

  private ServerOptions() {}

  public static final ConfigOption<String> AUTOSTART =
      ConfigOptions.key("weir.jobs.autostart")
          .stringType()
          .defaultValue("all")
          .withDescription(
              "Which jobs start with the server: all, none, or names with commas between them. A job"
                  + " that ran when the server came to its end goes on in any case, unless"
                  + " jobs.<name>.enabled is false.");

  public static final ConfigOption<String> DATA_DIRECTORY =
      ConfigOptions.key("weir.data.dir")
          .stringType()
          .defaultValue("data")
          .withDescription(
              "Catalog, users, databases, and checkpoints for which no other place is configured. Must"
                  + " be on a disk that survives the process.");

  public static final ConfigOption<String> SERVER_ID =
      ConfigOptions.key("weir.server.id")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Names this server in the leases of its jobs; another one for every server. By default"
                  + " made of the host and the server's folder.");

  public static final ConfigOption<String> LOOPBACK_ROLE =
      ConfigOptions.key("weir.security.loopback")
          .oneOf("none", "viewer", "operator", "admin")
          .defaultValue("viewer")
          .withDescription("What programs on the server's own machine may do without a password.");

  public static final ConfigOption<String> CONFIG_FILE =
      ConfigOptions.key("weir.config.file")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Where weir.properties is, by default in the server's folder. A system property, or the"
                  + " environment variable WEIR_CONFIG_FILE.");

  public static final ConfigOption<String> CONFIG_YAML =
      ConfigOptions.key("weir.config.yaml")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Where a configuration in Flink's form is, by default config.yaml, or if there is none"
                  + " flink-conf.yaml, beside weir.properties. A system property, or the environment"
                  + " variable WEIR_CONFIG_YAML.");

  public static final ConfigOption<Duration> SCRUB_INTERVAL =
      ConfigOptions.key("weir.scrub.interval")
          .durationType()
          .defaultValue(Duration.ofDays(1))
          .withDescription(
              "How often each retained checkpoint and savepoint is read from its first to its last"
                  + " byte, in the background, to see whether it is damaged; of checkpoints that come"
                  + " and go faster, one in that time. 0: only when asked for. A local environment"
                  + " never does.");

  public static final ConfigOption<MemorySize> SCRUB_BYTES_PER_SECOND =
      ConfigOptions.key("weir.scrub.bytes-per-second")
          .memoryType()
          .defaultValue(MemorySize.ofMebiBytes(20))
          .withLimit(
              size -> size.compareTo(MemorySize.ofKibiBytes(1)) >= 0, "a size of at least 1 kb")
          .withDescription(
              "How much of them is read in a second, so that checkpoints have the rest of the"
                  + " bandwidth.");

  /** These options, so that a catalog knows them. */
  public static OptionGroup group() {
    return OptionGroup.of(
        "Server", "The server as a whole, read when it starts.", ServerOptions.class);
  }
}
