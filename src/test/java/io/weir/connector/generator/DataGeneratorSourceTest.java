package io.weir.connector.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.api.types.Types;
import io.weir.connector.SourceHarness;
import io.weir.connector.ratelimit.RateLimiterStrategy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DataGeneratorSourceTest {
  @Test
  void everyNumberGivesItsRecordOnce() throws Exception {
    for (int parallelism = 1; parallelism <= 4; parallelism++) {
      assertThat(SourceHarness.start(source(10), parallelism).readToEnd())
          .containsExactlyInAnyOrderElementsOf(records(10));
    }
  }

  @Test
  void aRestoreAtAnyPointContinuesExactlyThere() throws Exception {
    for (int polls = 0; polls < 30; polls++) {
      var before = SourceHarness.start(source(10), 3);
      for (int i = 0; i < polls; i++) {
        before.poll(i % 3);
      }
      List<String> read = new ArrayList<>(before.values());
      var after = SourceHarness.restore(source(10), 1 + polls % 4, before.snapshot());
      read.addAll(after.readToEnd());
      assertThat(read).containsExactlyInAnyOrderElementsOf(records(10));
    }
  }

  @Test
  void theRateHoldsForAllSubtasksTogether() throws Exception {
    var source =
        new DataGeneratorSource<>(
            number -> "r" + number, 100, RateLimiterStrategy.perSecond(20), Types.STRING);
    var harness = SourceHarness.start(source, 2);
    long start = harness.time().getCurrentProcessingTime();
    assertThat(harness.readToEnd()).hasSize(100);
    assertThat(harness.time().getCurrentProcessingTime() - start).isBetween(4_800L, 5_400L);
  }

  @Test
  void wrongUseIsRefused() {
    assertThatThrownBy(() -> source(0)).hasMessageContaining("at least 1 record");
    assertThatThrownBy(
            () ->
                SourceHarness.start(
                        new DataGeneratorSource<String>(number -> null, 1, Types.STRING), 1)
                    .readToEnd())
        .hasMessageContaining("must not give null");
  }

  private static DataGeneratorSource<String> source(long count) {
    return new DataGeneratorSource<>(number -> "r" + number, count, Types.STRING);
  }

  private static List<String> records(long count) {
    return LongStream.range(0, count).mapToObj(number -> "r" + number).toList();
  }
}
