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

class FlinkYamlSourceTest {
  @TempDir Path dir;

  @Test
  void itStandsBelowWeirPropertiesAndAbovePackedDefaults() {
    assertThat(new FlinkYamlSource(dir.resolve("absent")).getOrdinal())
        .isBetween(101, WeirPropertiesSource.ORDINAL - 1);
  }

  @Test
  void itLiesBesideWeirProperties() throws Exception {
    Map<String, String> environment =
        Map.of("WEIR_CONFIG_FILE", dir.resolve("weir.properties").toString());
    assertThat(FlinkYamlSource.location(key -> null, environment::get))
        .isEqualTo(dir.resolve("flink-conf.yaml"));

    Files.createFile(dir.resolve("config.yaml"));
    assertThat(FlinkYamlSource.location(key -> null, environment::get))
        .isEqualTo(dir.resolve("config.yaml"));
  }

  @Test
  void itCanBeNamed() {
    assertThat(
            FlinkYamlSource.location(
                Map.of("weir.config.yaml", "/a")::get, Map.of("WEIR_CONFIG_YAML", "/b")::get))
        .isEqualTo(Path.of("/a"));
    assertThat(FlinkYamlSource.location(key -> null, Map.of("WEIR_CONFIG_YAML", "/b")::get))
        .isEqualTo(Path.of("/b"));
  }

  @Test
  void whenTheFileIsBroken_thenTheMessageNamesItAndTheLine() throws Exception {
    Path file = Files.writeString(dir.resolve("config.yaml"), "a: [1\n");
    assertThatThrownBy(() -> new FlinkYamlSource(file))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("line ")
        .hasMessageContaining("WEIR_CONFIG_YAML");
  }

  @Test
  void itIsFoundAsAService() {
    assertThat(ServiceLoader.load(ConfigSource.class))
        .hasAtLeastOneElementOfType(FlinkYamlSource.class);
  }
}
