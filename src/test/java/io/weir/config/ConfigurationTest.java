package io.weir.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigurationTest {
  private static final ConfigOption<Duration> TIMEOUT =
      ConfigOptions.key("x.timeout")
          .durationType()
          .defaultValue(Duration.ofMinutes(10))
          .withFallbackKeys("old.timeout", "oldest.timeout");

  private final Configuration configuration = new Configuration();

  @Test
  void anOptionThatIsNotSetHasItsDefault() {
    assertThat(configuration.get(TIMEOUT)).isEqualTo(Duration.ofMinutes(10));
    assertThat(configuration.get(TIMEOUT, Duration.ZERO)).isEqualTo(Duration.ZERO);
    assertThat(configuration.getOptional(TIMEOUT)).isEmpty();
    assertThat(configuration.contains(TIMEOUT)).isFalse();
  }

  @Test
  void whatIsSetIsRead() {
    configuration.set(TIMEOUT, Duration.ofMillis(1500));
    assertThat(configuration.get(TIMEOUT)).isEqualTo(Duration.ofMillis(1500));
    assertThat(configuration.toMap()).isEqualTo(Map.of("x.timeout", "1500 ms"));
  }

  @Test
  void olderKeysAreReadInTheirOrderAndOnlyIfTheKeyIsNotSet() {
    configuration.setString("oldest.timeout", "1 s");
    assertThat(configuration.get(TIMEOUT)).isEqualTo(Duration.ofSeconds(1));
    configuration.setString("old.timeout", "2 s");
    assertThat(configuration.get(TIMEOUT)).isEqualTo(Duration.ofSeconds(2));
    configuration.setString("x.timeout", "3 s");
    assertThat(configuration.get(TIMEOUT)).isEqualTo(Duration.ofSeconds(3));
    configuration.remove(TIMEOUT);
    assertThat(configuration.keySet()).isEmpty();
  }

  @Test
  void anErrorNamesTheKeyThatTheUserWrote() {
    configuration.setString("old.timeout", "soon");
    assertThatThrownBy(() -> configuration.get(TIMEOUT))
        .isInstanceOf(IllegalConfigurationException.class)
        .hasMessageStartingWith("old.timeout = 'soon' is not valid")
        .hasMessageEndingWith("Example: old.timeout = 10 min");
  }

  @Test
  void aValueThatMustNotBeSetIsRefusedWhenItIsSet() {
    assertThatThrownBy(() -> configuration.set(CoreOptions.DEFAULT_PARALLELISM, 0))
        .isInstanceOf(IllegalConfigurationException.class)
        .hasMessageContaining("parallelism.default = '0' is not allowed")
        .hasMessageContaining("from 1 to 32768");
    assertThat(configuration.keySet()).isEmpty();
  }

  @Test
  void addAllReplacesKeyByKey() {
    configuration.setString("a", "1").setString("b", "1");
    configuration.addAll(Configuration.fromMap(Map.of("b", "2", "c", "2")));
    assertThat(configuration.toMap()).isEqualTo(Map.of("a", "1", "b", "2", "c", "2"));
  }

  @Test
  void aSubsetHasThePrefixCutOff() {
    configuration.setString("jobs.demo.rate", "5").setString("jobs.demo.", "x");
    configuration.setString("jobs.demonstration.rate", "6").setString("rate", "7");
    assertThat(configuration.subset("jobs.demo.").toMap()).isEqualTo(Map.of("rate", "5"));
  }

  @Test
  void aCopyIsIndependent() {
    configuration.setString("a", "1");
    Configuration copy = new Configuration(configuration);
    copy.setString("a", "2");
    configuration.keySet().clear();
    assertThat(configuration.toMap()).isEqualTo(Map.of("a", "1"));
    assertThat(copy).isNotEqualTo(configuration);
  }

  @Test
  void javaSerializationKeepsAllValues() throws Exception {
    configuration.setString("a", "1");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(configuration);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(configuration);
    }
  }
}
