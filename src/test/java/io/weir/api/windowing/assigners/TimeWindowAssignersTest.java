package io.weir.api.windowing.assigners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.api.windowing.time.Time;
import io.weir.api.windowing.windows.GlobalWindow;
import io.weir.api.windowing.windows.TimeWindow;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class TimeWindowAssignersTest {
  private static final WindowAssigner.WindowAssignerContext AT_777 =
      new WindowAssigner.WindowAssignerContext() {
        @Override
        public long getCurrentProcessingTime() {
          return 777;
        }
      };

  private static Collection<TimeWindow> assign(
      WindowAssigner<Object, TimeWindow> assigner, long timestamp) {
    return assigner.assignWindows("x", timestamp, AT_777);
  }

  @Test
  void aTumblingWindowContainsItsTimeAlsoBefore1970() {
    WindowAssigner<Object, TimeWindow> assigner = TumblingEventTimeWindows.of(Duration.ofMillis(5));

    assertThat(assign(assigner, 4)).containsExactly(new TimeWindow(0, 5));
    assertThat(assign(assigner, 5)).containsExactly(new TimeWindow(5, 10));
    assertThat(assign(assigner, -1)).containsExactly(new TimeWindow(-5, 0));
  }

  @Test
  void anOffsetMovesTheStart() {
    assertThat(assign(TumblingEventTimeWindows.of(Time.milliseconds(5), Time.milliseconds(2)), 6))
        .containsExactly(new TimeWindow(2, 7));
    assertThat(assign(TumblingEventTimeWindows.of(Duration.ofMillis(5), Duration.ofMillis(-1)), 4))
        .containsExactly(new TimeWindow(4, 9));
  }

  @Test
  void slidingWindowsAreAllThatContainTheTime() {
    Random random = new Random(7);
    for (int i = 0; i < 1000; i++) {
      long size = 1L + random.nextInt(50);
      long slide = 1L + random.nextInt(50);
      long offset = random.nextInt((int) slide);
      long timestamp = random.nextInt(400) - 200L;

      Set<Long> expected = new TreeSet<>();
      for (long start = -400; start <= 400; start++) {
        boolean begins = Math.floorMod(start - offset, slide) == 0;
        if (begins && start <= timestamp && timestamp < start + size) {
          expected.add(start);
        }
      }
      Collection<TimeWindow> windows =
          assign(
              SlidingEventTimeWindows.of(
                  Duration.ofMillis(size), Duration.ofMillis(slide), Duration.ofMillis(offset)),
              timestamp);

      assertThat(windows)
          .extracting(TimeWindow::getStart)
          .containsExactlyInAnyOrderElementsOf(expected);
      assertThat(windows).allMatch(window -> window.getEnd() - window.getStart() == size);
    }
  }

  @Test
  void processingTimeAssignersAskTheClock() {
    assertThat(assign(TumblingProcessingTimeWindows.of(Duration.ofMillis(100)), 5))
        .containsExactly(new TimeWindow(700, 800));
    assertThat(assign(ProcessingTimeSessionWindows.withGap(Duration.ofMillis(100)), 5))
        .containsExactly(new TimeWindow(777, 877));
  }

  @Test
  void aRecordWithoutEventTimeIsRefusedWithAdvice() {
    assertThatThrownBy(
            () -> assign(TumblingEventTimeWindows.of(Duration.ofMillis(5)), Long.MIN_VALUE))
        .hasMessageContaining("assignTimestampsAndWatermarks");
  }

  @Test
  void aDynamicGapIsTakenFromTheRecord() {
    DynamicEventTimeSessionWindows<String> assigner =
        EventTimeSessionWindows.withDynamicGap(String::length);

    assertThat(assigner.assignWindows("four", 10, AT_777)).containsExactly(new TimeWindow(10, 14));
    assertThatThrownBy(() -> assigner.assignWindows("", 10, AT_777))
        .hasMessageContaining("above 0");
  }

  @Test
  void sessionsThatOverlapOrTouchMerge() {
    Map<TimeWindow, Set<TimeWindow>> merged = new HashMap<>();
    EventTimeSessionWindows.withGap(Duration.ofMillis(1))
        .mergeWindows(
            List.of(
                new TimeWindow(20, 30),
                new TimeWindow(0, 5),
                new TimeWindow(5, 7),
                new TimeWindow(3, 4),
                new TimeWindow(40, 50),
                new TimeWindow(49, 60)),
            (windows, result) -> merged.put(result, new LinkedHashSet<>(windows)));

    assertThat(merged)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                new TimeWindow(0, 7),
                Set.of(new TimeWindow(0, 5), new TimeWindow(5, 7), new TimeWindow(3, 4)),
                new TimeWindow(40, 60),
                Set.of(new TimeWindow(40, 50), new TimeWindow(49, 60))));
  }

  @Test
  void theWindowTypeIsKnownForEveryAssigner() {
    assertThat(TumblingEventTimeWindows.of(Duration.ofMillis(1)).getWindowType().getTypeClass())
        .isEqualTo(TimeWindow.class);
    assertThat(EventTimeSessionWindows.withDynamicGap(x -> 1).getWindowType().getTypeClass())
        .isEqualTo(TimeWindow.class);
    assertThat(GlobalWindows.create().getWindowType().getTypeClass()).isEqualTo(GlobalWindow.class);
  }

  @Test
  void sizesThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> TumblingEventTimeWindows.of(Duration.ZERO)).hasMessageContaining("0");
    assertThatThrownBy(
            () -> TumblingEventTimeWindows.of(Duration.ofMillis(5), Duration.ofMillis(5)))
        .hasMessageContaining("offset");
    assertThatThrownBy(() -> SlidingEventTimeWindows.of(Duration.ofMillis(5), Duration.ZERO))
        .hasMessageContaining("slide");
    assertThatThrownBy(() -> EventTimeSessionWindows.withGap(Duration.ZERO))
        .hasMessageContaining("gap");
  }
}
