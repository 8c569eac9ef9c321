package io.weir.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CheckpointSettingsTest {
  private static final CheckpointSettings SECOND = CheckpointSettings.every(1_000);

  @Test
  void theDefaultsAreThoseOfFlinkExceptForThreeRetained() {
    assertThat(SECOND.timeoutMillis()).isEqualTo(600_000);
    assertThat(SECOND.minPauseMillis()).isZero();
    assertThat(SECOND.maxConcurrent()).isEqualTo(1);
    assertThat(SECOND.tolerableFailures()).isZero();
    assertThat(SECOND.numRetained()).isEqualTo(3);
    assertThat(SECOND.afterTasksFinish()).isTrue();
    assertThat(SECOND.intervalDuringBacklogMillis()).isEmpty();
  }

  @Test
  void aMinPauseAllowsOneAtATimeOnly() {
    assertThat(SECOND.withMaxConcurrent(4).effectiveMaxConcurrent()).isEqualTo(4);
    assertThat(SECOND.withMaxConcurrent(4).withMinPauseMillis(1).effectiveMaxConcurrent())
        .isEqualTo(1);
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        refused("interval", () -> CheckpointSettings.every(9)),
        refused("interval", () -> CheckpointSettings.every(-1)),
        refused("interval during backlog", () -> SECOND.withIntervalDuringBacklogMillis(999)),
        refused("initial delay", () -> SECOND.withInitialDelayMillis(-1)),
        refused("timeout", () -> SECOND.withTimeoutMillis(9)),
        refused("min pause", () -> SECOND.withMinPauseMillis(-1)),
        refused("max concurrent", () -> SECOND.withMaxConcurrent(0)),
        refused("tolerable failed", () -> SECOND.withTolerableFailures(-1)),
        refused("retained", () -> SECOND.withNumRetained(0)));
  }

  private static Arguments refused(String what, Supplier<CheckpointSettings> settings) {
    return Arguments.of(what, settings);
  }

  @ParameterizedTest
  @MethodSource
  void refused(String what, Object settings) {
    assertThatThrownBy(((Supplier<?>) settings)::get)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(what)
        .hasMessageContaining("must be");
  }
}
