package io.weir.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadPaceTest {
  private static final long SECOND = 1_000_000_000;

  /** Near its end, as it may be. */
  private long now = Long.MAX_VALUE - SECOND;

  private final List<Long> waits = new ArrayList<>();
  private final ReadPace pace =
      new ReadPace(
          1_000,
          () -> now,
          nanos -> {
            waits.add(nanos);
            now += nanos;
          });

  @Test
  void aFastReaderReadsSoManyBytesInASecond() {
    long begin = now;
    for (int i = 0; i < 50; i++) {
      pace.accept(64);
    }

    assertThat(now - begin).isEqualTo(SECOND * 64 * 50 / 1_000);
    assertThat(waits).hasSize(50);
  }

  @Test
  void aSlowReaderNeverWaits() {
    pace.accept(0);
    for (int i = 0; i < 50; i++) {
      now += SECOND;
      pace.accept(90);
    }

    assertThat(waits).isEmpty();
  }

  @Test
  void whoWasHeldUpCatchesUpWithLittle() {
    pace.accept(1_000);
    now += 3_600 * SECOND;
    waits.clear();

    pace.accept(1_000);
    pace.accept(1_000);

    assertThat(waits.stream().mapToLong(each -> each).sum()).isEqualTo(2 * SECOND - SECOND / 10);
  }

  @Test
  void noPaceAtAllIsRefused() {
    assertThatThrownBy(() -> new ReadPace(0, () -> 0, nanos -> {}))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
