package io.weir.storage.hdfs;

import io.weir.config.Configuration;
import io.weir.config.HdfsOptions;
import io.weir.config.IllegalConfigurationException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How clusters are reached.
 *
 * @param configurationDirectory has Hadoop's files; empty for Hadoop's defaults
 * @param user empty if Hadoop is to find one
 * @param login empty for the ticket cache, and for clusters without Kerberos
 */
record HdfsSettings(
    Optional<Path> configurationDirectory,
    Optional<String> user,
    Optional<Login> login,
    Duration requestTimeout) {

  /** Who logs in with Kerberos, and the file with the keys. */
  record Login(String principal, String keytab) {}

  /**
   * As configured.
   *
   * @param environment variables of the process
   */
  static HdfsSettings of(Configuration configuration, Map<String, String> environment) {
    Optional<Login> login = loginOf(configuration);
    Optional<String> user = configuration.getOptional(HdfsOptions.USER);
    if (login.isPresent() && user.isPresent()) {
      throw new IllegalConfigurationException(
          "%s is set beside %s, but with Kerberos the principal is the user. Remove one of them."
              .formatted(HdfsOptions.USER, HdfsOptions.KERBEROS_PRINCIPAL));
    }
    return new HdfsSettings(
        configuration
            .getOptional(HdfsOptions.CONFIGURATION_DIRECTORY)
            .or(() -> Optional.ofNullable(environment.get("HADOOP_CONF_DIR")))
            .filter(directory -> !directory.isBlank())
            .map(Path::of),
        user,
        login,
        configuration.get(HdfsOptions.REQUEST_TIMEOUT));
  }

  private static Optional<Login> loginOf(Configuration configuration) {
    Optional<String> principal = configuration.getOptional(HdfsOptions.KERBEROS_PRINCIPAL);
    Optional<String> keytab = configuration.getOptional(HdfsOptions.KERBEROS_KEYTAB);
    if (principal.isPresent() != keytab.isPresent()) {
      throw new IllegalConfigurationException(
          "%s is set without %s. Set both, or neither, so that the ticket cache is used."
              .formatted(
                  principal.isPresent()
                      ? HdfsOptions.KERBEROS_PRINCIPAL
                      : HdfsOptions.KERBEROS_KEYTAB,
                  principal.isPresent()
                      ? HdfsOptions.KERBEROS_KEYTAB
                      : HdfsOptions.KERBEROS_PRINCIPAL));
    }
    return principal.map(name -> new Login(name, keytab.orElseThrow()));
  }
}
