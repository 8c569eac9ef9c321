package io.weir.storage.hdfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.config.Configuration;
import io.weir.config.HdfsOptions;
import io.weir.config.IllegalConfigurationException;
import io.weir.storage.ObjectStorages;
import io.weir.storage.RelativePath;
import io.weir.storage.UnusableStorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HdfsStorageProviderTest {
  private static final RelativePath PATH = RelativePath.of("a");

  @ParameterizedTest
  @CsvSource({
    "hdfs://name-node:8020/checkpoints, hdfs://name-node:8020/checkpoints/",
    "hdfs://name_service1, hdfs://name_service1/",
    "HDFS:///a/../b, hdfs:///b/",
    "hdfs://[::1]:8020/a%20b, hdfs://[::1]:8020/a%20b/"
  })
  void aClusterAndADirectoryAreALocation(String location, String root) throws IOException {
    try (ObjectStorages storages = storages(new Configuration())) {
      assertThat(storages.at(location).root()).hasToString(root);
    }
  }

  @Test
  void whatMayBeAPasswordIsNotRepeated() throws IOException {
    try (ObjectStorages storages = storages(new Configuration())) {
      assertThatThrownBy(() -> storages.at("hdfs://me:hush-hush@host:8020/x"))
          .isInstanceOf(UnusableStorageException.class)
          .hasMessageContaining("names no cluster")
          .hasMessageNotContaining("hush-hush");
    }
  }

  @Test
  void aClosedConnectionSaysSo() throws IOException {
    ObjectStorages storages = storages(new Configuration());
    var storage = storages.at("hdfs://host/x");
    storages.close();
    storages.close();

    assertThatThrownBy(() -> storage.length(PATH))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void withoutAClusterInHadoopsConfigurationThereMustBeOneInTheLocation() throws IOException {
    try (ObjectStorages storages = storages(new Configuration())) {
      assertThatThrownBy(() -> storages.at("hdfs:///x").length(PATH))
          .isInstanceOf(UnusableStorageException.class)
          .hasMessageContaining("fs.defaultFS")
          .hasMessageContaining("env.hadoop.conf.dir");
    }
  }

  @Test
  void aDirectoryWithoutHadoopsFilesIsRefused(@TempDir Path empty) throws IOException {
    try (ObjectStorages storages = storages(withDirectory(empty))) {
      assertThatThrownBy(() -> storages.at("hdfs://host/x").length(PATH))
          .isInstanceOf(UnusableStorageException.class)
          .hasMessageContaining(empty + " has neither core-site.xml nor hdfs-site.xml")
          .hasMessageContaining("env.hadoop.conf.dir");
    }
  }

  @Test
  void hadoopsFilesNameTheCluster(@TempDir Path directory) throws IOException {
    Files.writeString(
        directory.resolve("core-site.xml"),
        "<configuration><property><name>fs.defaultFS</name><value>hdfs://no-such-host.invalid</value>"
            + "</property></configuration>");
    try (ObjectStorages storages = storages(withDirectory(directory))) {
      assertThatThrownBy(() -> storages.at("hdfs:///x").length(PATH))
          .isInstanceOf(UnusableStorageException.class)
          .hasMessageContaining("no-such-host.invalid");
    }
  }

  @Test
  void theEnvironmentNamesTheDirectoryIfTheConfigurationDoesNot() {
    Map<String, String> environment = Map.of("HADOOP_CONF_DIR", "/etc/hadoop");

    assertThat(HdfsSettings.of(new Configuration(), environment).configurationDirectory())
        .hasValue(Path.of("/etc/hadoop"));
    assertThat(
            HdfsSettings.of(withDirectory(Path.of("/own")), environment).configurationDirectory())
        .hasValue(Path.of("/own"));
    assertThat(HdfsSettings.of(new Configuration(), Map.of()).configurationDirectory()).isEmpty();
  }

  @Test
  void halfOfALoginIsRefused() {
    Configuration half = new Configuration().set(HdfsOptions.KERBEROS_KEYTAB, "/weir.keytab");

    assertThatThrownBy(() -> storages(half))
        .isInstanceOf(IllegalConfigurationException.class)
        .hasMessageContaining(
            "security.kerberos.login.keytab is set without security.kerberos.login.principal");
  }

  @Test
  void aUserBesideAPrincipalIsRefused() {
    Configuration both =
        new Configuration()
            .set(HdfsOptions.KERBEROS_PRINCIPAL, "weir/host@REALM")
            .set(HdfsOptions.KERBEROS_KEYTAB, "/weir.keytab")
            .set(HdfsOptions.USER, "weir");

    assertThatThrownBy(() -> storages(both))
        .isInstanceOf(IllegalConfigurationException.class)
        .hasMessageContaining("hdfs.user is set beside security.kerberos.login.principal");
  }

  private static Configuration withDirectory(Path directory) {
    return new Configuration().set(HdfsOptions.CONFIGURATION_DIRECTORY, directory.toString());
  }

  private static ObjectStorages storages(Configuration configuration) {
    return ObjectStorages.of(new HdfsStorageProvider(configuration));
  }
}
