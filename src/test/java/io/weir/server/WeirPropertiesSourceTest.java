package io.weir.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeirPropertiesSourceTest {
  @TempDir Path dir;

  @Test
  void aFileIsReadWithItsKeysAndValues() throws Exception {
    WeirPropertiesSource source =
        source(
            "# a comment\nexecution.checkpointing.interval = 10s  \njobs.demo.x=1\nname=Zürich\n");

    assertThat(source.getProperties())
        .containsOnly(
            Map.entry("execution.checkpointing.interval", "10s"),
            Map.entry("jobs.demo.x", "1"),
            Map.entry("name", "Zürich"));
    assertThat(source.getValue("jobs.demo.x")).isEqualTo("1");
    assertThat(source.getValue("absent")).isNull();
    assertThat(source.getPropertyNames()).hasSize(3);
  }

  @Test
  void itStandsAbovePackedDefaultsAndBelowTheEnvironment() throws Exception {
    assertThat(source("").getOrdinal()).isBetween(101, 299);
  }

  @Test
  void whenTheFileIsMissing_thenNothingIsConfigured() {
    assertThat(new WeirPropertiesSource(dir.resolve("absent")).getPropertyNames()).isEmpty();
  }

  @Test
  void whenTheFileIsBroken_thenTheMessageNamesIt() {
    assertThatThrownBy(() -> source("key=\\u12"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("weir.properties")
        .hasMessageContaining("WEIR_CONFIG_FILE");
  }

  @Test
  void whenTheFileIsAFolder_thenTheMessageNamesIt() {
    assertThatThrownBy(() -> new WeirPropertiesSource(dir))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(dir.toString());
  }

  @Test
  void theSystemPropertyWinsOverTheEnvironment() {
    assertThat(
            WeirPropertiesSource.location(
                Map.of("weir.config.file", "/a")::get, Map.of("WEIR_CONFIG_FILE", "/b")::get))
        .isEqualTo(Path.of("/a"));
    assertThat(WeirPropertiesSource.location(key -> null, Map.of("WEIR_CONFIG_FILE", "/b")::get))
        .isEqualTo(Path.of("/b"));
  }

  @Test
  void withoutEither_thenItIsInTheServersFolder() {
    assertThat(
            WeirPropertiesSource.location(
                Map.of("wlp.user.dir", "/wlp/usr", "wlp.server.name", "one")::get, key -> null))
        .isEqualTo(Path.of("/wlp/usr/servers/one/weir.properties"));
  }

  @Test
  void itIsFoundAsAService() {
    assertThat(ServiceLoader.load(ConfigSource.class))
        .hasAtLeastOneElementOfType(WeirPropertiesSource.class);
  }

  private WeirPropertiesSource source(String text) throws Exception {
    Path file = dir.resolve("weir.properties");
    Files.writeString(file, text);
    return new WeirPropertiesSource(file);
  }
}
