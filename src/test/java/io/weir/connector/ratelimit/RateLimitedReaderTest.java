package io.weir.connector.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.api.connector.InputStatus;
import io.weir.connector.SourceHarness;
import io.weir.connector.file.FileSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RateLimitedReaderTest {
  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void write() throws Exception {
    file = Files.write(directory.resolve("f"), Collections.nCopies(1_000, "x"));
  }

  @Test
  void allSubtasksTogetherKeepToTheRate() throws Exception {
    var source = FileSource.forLines(file).withSplitSizeBytes(50).withRecordsPerSecond(100).build();
    var harness = SourceHarness.start(source, 4);
    long start = harness.time().getCurrentProcessingTime();
    assertThat(harness.readToEnd()).hasSize(1_000);
    assertThat(harness.time().getCurrentProcessingTime() - start).isBetween(9_500L, 12_000L);
  }

  @Test
  void aReaderThatMustWaitIsUnavailableUntilItsTimer() throws Exception {
    var source = FileSource.forLines(file).withRecordsPerSecond(2).build();
    var harness = SourceHarness.start(source, 1);
    while (harness.values().isEmpty() || harness.isAvailable(0)) {
      if (harness.poll(0) == InputStatus.NOTHING_AVAILABLE) {
        if (!harness.values().isEmpty()) {
          break;
        }
        harness.time().goToNextTimer();
      }
    }
    assertThat(harness.isAvailable(0)).isFalse();
    assertThat(harness.poll(0)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
    assertThat(harness.time().pendingTimers()).isEqualTo(1);
    harness.time().goToNextTimer();
    assertThat(harness.isAvailable(0)).isTrue();
    assertThat(harness.poll(0)).isEqualTo(InputStatus.MORE_AVAILABLE);
    assertThat(harness.values()).hasSize(2);
  }

  @Test
  void withoutALimitTheClockIsNotAsked() throws Exception {
    var source = FileSource.forLines(file).withRecordsPerSecond(0).build();
    var harness = SourceHarness.start(source, 1);
    assertThat(harness.readToEnd()).hasSize(1_000);
    assertThat(harness.time().pendingTimers()).isZero();
  }
}
