package io.weir.api.windowing.windows;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimeWindowTest {
  @Test
  void theEndDoesNotBelongToTheWindow() {
    assertThat(new TimeWindow(0, 10).maxTimestamp()).isEqualTo(9);
  }

  @Test
  void windowsThatTouchIntersect() {
    TimeWindow window = new TimeWindow(10, 20);

    assertThat(window.intersects(new TimeWindow(20, 30))).isTrue();
    assertThat(window.intersects(new TimeWindow(0, 10))).isTrue();
    assertThat(window.intersects(new TimeWindow(12, 13))).isTrue();
    assertThat(window.intersects(new TimeWindow(21, 30))).isFalse();
    assertThat(window.intersects(new TimeWindow(0, 9))).isFalse();
  }

  @Test
  void coverContainsBoth() {
    assertThat(new TimeWindow(10, 20).cover(new TimeWindow(5, 12)))
        .isEqualTo(new TimeWindow(5, 20));
  }

  @Test
  void everyTimestampLiesInTheWindowThatStartsForIt() {
    for (long offset : new long[] {-7, -3, 0, 4, 13}) {
      for (long timestamp = -50; timestamp < 50; timestamp++) {
        long start = TimeWindow.getWindowStartWithOffset(timestamp, offset, 10);
        assertThat(timestamp).isBetween(start, start + 9);
        assertThat(Math.floorMod(start - offset, 10)).isZero();
      }
    }
  }

  @Test
  void theGlobalWindowHoldsEverything() {
    assertThat(GlobalWindow.get().maxTimestamp()).isEqualTo(Long.MAX_VALUE);
    assertThat(GlobalWindow.get()).isSameAs(GlobalWindow.get());
  }
}
