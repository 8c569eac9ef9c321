package io.weir.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigOptionTest {
  private static final ConfigOption<Duration> DURATION =
      ConfigOptions.key("d").durationType().noDefaultValue();
  private static final ConfigOption<MemorySize> MEMORY =
      ConfigOptions.key("m").memoryType().noDefaultValue();

  @ParameterizedTest
  @CsvSource({
    "60s, PT1M", "10min, PT10M", "10 min, PT10M", "100ms, PT0.1S", "1 h, PT1H", "1 d, PT24H",
    "PT1.5S, PT1.5S", "pt2m, PT2M", "250, PT0.25S", "0, PT0S", "5 m, PT5M", "7 us, PT0.000007S",
    "9NS, PT0.000000009S", "3 Seconds, PT3S", "2 days, PT48H", "' 4 s ', PT4S",
  })
  void durationsAreReadAsPeopleWriteThem(String text, String iso) {
    assertThat(DURATION.parse(text)).isEqualTo(Duration.parse(iso));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "s",
        "-1 s",
        "-PT1S",
        "PT-1S",
        "PX",
        "1.5 s",
        "5 parsecs",
        "99999999999999999999"
      })
  void whatIsNoDurationIsRefused(String text) {
    assertThatThrownBy(() -> DURATION.parse(text))
        .isInstanceOf(IllegalConfigurationException.class)
        .hasMessageContaining("d = '" + text + "' is not valid: ")
        .hasMessageContaining("Allowed: a number with a unit (ns, us, ms, s, min, h, d)")
        .hasMessageContaining("Example: d = 60 s");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0 ms", "1 d", "90 s", "36 h", "1500 ms", "7 us", "1000001 ns"})
  void aFormattedDurationIsReadBack(String text) {
    assertThat(DURATION.format(DURATION.parse(text))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "64mb, 67108864",
    "20 kb, 20480",
    "1g, 1073741824",
    "4096, 4096",
    "7 b, 7",
    "2 TB, 2199023255552",
    "3KiB, 3072",
    "0, 0",
  })
  void sizesAreReadWithBinaryUnits(String text, long bytes) {
    assertThat(MEMORY.parse(text).getBytes()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "mb", "-1 mb", "1.5 gb", "3 pounds", "9999999999 tb"})
  void whatIsNoSizeIsRefused(String text) {
    assertThatThrownBy(() -> MEMORY.parse(text))
        .isInstanceOf(IllegalConfigurationException.class)
        .hasMessageContaining("m = '" + text + "' is not valid: ")
        .hasMessageContaining("Example: m = 64 mb");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0 bytes", "1 gb", "1025 bytes", "20 kb", "1536 mb"})
  void aFormattedSizeIsReadBack(String text) {
    assertThat(MEMORY.format(MEMORY.parse(text))).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"EXACTLY_ONCE", "exactly-once", "Exactly_Once", "exactlyonce"})
  void inEnumsNeitherCaseNorHyphensMatter(String text) {
    assertThat(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE.parse(text))
        .isEqualTo(CheckpointingMode.EXACTLY_ONCE);
  }

  @Test
  void anUnknownEnumValueIsRefusedWithAllThatAreKnown() {
    assertThatThrownBy(
            () -> CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE.parse("AT_MOST_ONCE"))
        .hasMessage(
            "execution.checkpointing.mode = 'AT_MOST_ONCE' is not valid: there is no such value."
                + " Allowed: one of EXACTLY_ONCE, AT_LEAST_ONCE."
                + " Example: execution.checkpointing.mode = EXACTLY_ONCE");
  }

  @Test
  void numbersAndBooleansAreReadStrictly() {
    assertThat(ConfigOptions.key("k").intType().noDefaultValue().parse(" 12 ")).isEqualTo(12);
    assertThat(ConfigOptions.key("k").longType().noDefaultValue().parse("-5000000000"))
        .isEqualTo(-5_000_000_000L);
    assertThat(ConfigOptions.key("k").doubleType().noDefaultValue().parse("1.5")).isEqualTo(1.5);
    assertThat(ConfigOptions.key("k").booleanType().noDefaultValue().parse("TRUE")).isTrue();
    assertRefused(ConfigOptions.key("k").intType().noDefaultValue(), "3000000000");
    assertRefused(ConfigOptions.key("k").longType().noDefaultValue(), "1 000");
    assertRefused(ConfigOptions.key("k").doubleType().noDefaultValue(), "NaN");
    assertRefused(ConfigOptions.key("k").booleanType().noDefaultValue(), "yes");
  }

  @Test
  void aListIsSeparatedBySemicolonOrComma() {
    ConfigOption<List<Integer>> option = ConfigOptions.key("k").intType().asList().noDefaultValue();
    assertThat(option.parse("1; 2,3;")).containsExactly(1, 2, 3);
    assertThat(option.parse(option.format(List.of(4, 5)))).containsExactly(4, 5);
    assertRefused(option, "1;x");
  }

  @Test
  void aRefusedValueNamesTheAlternative() {
    ConfigOption<String> option =
        ConfigOptions.key("k").oneOf("a", "b").noDefaultValue().withRefusal("c", "Use a.");
    assertThatThrownBy(() -> option.parse("C")).hasMessage("k = 'C' is not supported: Use a.");
    assertThat(option.parse("B")).isEqualTo("b");
  }

  @Test
  void anAliasMeansTheSame() {
    ConfigOption<String> option =
        ConfigOptions.key("k").oneOf("none", "some").noDefaultValue().withAlias("off", "none");
    assertThat(option.parse("OFF")).isEqualTo("none");
  }

  @Test
  void everyWithMethodKeepsWhatTheOthersSet() {
    ConfigOption<Integer> option =
        ConfigOptions.key("k")
            .intType()
            .defaultValue(2)
            .withRefusal("7", "Unlucky.")
            .withAlias("two", "2")
            .withLimit(value -> value < 10, "below 10")
            .withFallbackKeys("old")
            .withoutEffect("Because.")
            .withDescription("Text.");
    assertThat(option.key()).isEqualTo("k");
    assertThat(option.defaultValue()).isEqualTo(2);
    assertThat(option.defaultText()).contains("2");
    assertThat(option.fallbackKeys()).containsExactly("old");
    assertThat(option.description()).isEqualTo("Text.");
    assertThat(option.whyWithoutEffect()).contains("Because.");
    assertThat(option.refusals()).containsEntry("7", "Unlucky.");
    assertThat(option.parse("two")).isEqualTo(2);
    assertThatThrownBy(() -> option.parse("11"))
        .hasMessage("k = '11' is not allowed. Allowed: below 10. Example: k = 2");
  }

  private static void assertRefused(ConfigOption<?> option, String text) {
    assertThatThrownBy(() -> option.parse(text)).isInstanceOf(IllegalConfigurationException.class);
  }
}
