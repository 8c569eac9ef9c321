package io.weir.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlinkYamlTest {

  @Test
  void nestedAndFlatKeysMeanTheSameAndMayBeMixed() {
    assertThat(
            read(
                """
                # Flink's own form
                execution:
                  checkpointing:
                    interval: 3 min
                    externalized-checkpoint-retention: RETAIN_ON_CANCELLATION
                    max-concurrent-checkpoints: 1
                  buffer-timeout.enabled: false
                state.backend.type: rocksdb
                jobs:
                  flights: {parallelism.default: 2}
                """))
        .containsOnly(
            Map.entry("execution.checkpointing.interval", "3 min"),
            Map.entry(
                "execution.checkpointing.externalized-checkpoint-retention",
                "RETAIN_ON_CANCELLATION"),
            Map.entry("execution.checkpointing.max-concurrent-checkpoints", "1"),
            Map.entry("execution.buffer-timeout.enabled", "false"),
            Map.entry("state.backend.type", "rocksdb"),
            Map.entry("jobs.flights.parallelism.default", "2"));
  }

  @Test
  void valuesAreTheTextsThatStandThere() {
    assertThat(
            read(
                """
                a: 1.10
                b: 0x1F
                c: 'yes '
                d: "s3://bucket/a b"
                e: 007
                f: null
                """))
        .containsOnly(
            Map.entry("a", "1.10"),
            Map.entry("b", "0x1F"),
            Map.entry("c", "yes"),
            Map.entry("d", "s3://bucket/a b"),
            Map.entry("e", "007"),
            Map.entry("f", "null"));
  }

  @Test
  void theElementsOfAListAreOneText() {
    assertThat(read("a: [x, y]\nb:\n  - 1\n  - 2\n"))
        .containsOnly(Map.entry("a", "x;y"), Map.entry("b", "1;2"));
  }

  @Test
  void aKeyWithoutAValueIsAsGoodAsNone() {
    assertThat(read("a:\nb: ''\nc: {}\n")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "# nothing\n", "---\n"})
  void anEmptyDocumentHasNothing(String document) {
    assertThat(read(document)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a: 1\na: 2\n", "a.b: 1\na: {b: 2}\n", "a: {b: 1}\na.b: 2\n", "a: [1, [2]]\n"})
  void whatIsSaidTwiceOrTooDeepIsRefused(String document) {
    assertThatThrownBy(() -> read(document))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"- a\n- b\n", "just text\n"})
  void whatHasNoKeysIsRefused(String document) {
    assertThatThrownBy(() -> read(document))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("key: value");
  }

  @Test
  void aMalformedLineIsNamedAndNotQuoted() {
    assertThatThrownBy(() -> read("a: 1\ns3.secret-key: x: hidden\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("line 2")
        .message()
        .doesNotContain("hidden");
  }

  private static Map<String, String> read(String document) {
    return FlinkYaml.read(new StringReader(document));
  }
}
