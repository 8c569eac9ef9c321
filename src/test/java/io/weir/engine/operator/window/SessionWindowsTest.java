package io.weir.engine.operator.window;

import static io.weir.engine.operator.window.WindowFixture.windows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.api.functions.windowing.ProcessWindowFunction;
import io.weir.api.state.ValueStateDescriptor;
import io.weir.api.types.Collector;
import io.weir.api.types.Types;
import io.weir.api.windowing.assigners.EventTimeSessionWindows;
import io.weir.api.windowing.assigners.ProcessingTimeSessionWindows;
import io.weir.api.windowing.evictors.CountEvictor;
import io.weir.api.windowing.triggers.ContinuousEventTimeTrigger;
import io.weir.api.windowing.triggers.CountTrigger;
import io.weir.api.windowing.triggers.EventTimeTrigger;
import io.weir.api.windowing.triggers.PurgingTrigger;
import io.weir.api.windowing.windows.TimeWindow;
import io.weir.testkit.OperatorHarness;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SessionWindowsTest {

  private static WindowFixture<TimeWindow> sessions() {
    return windows(EventTimeSessionWindows.withGap(Duration.ofMillis(10)));
  }

  @Test
  void recordsWithinTheGapAreOneSession() throws Exception {
    OperatorHarness harness = sessions().open();
    harness.element("a1", 0).element("a2", 9).element("a3", 25).watermark(100);
    assertThat(harness.drain()).containsExactly("a[0,19)=a1,a2@18", "a[25,35)=a3@34", "W100");
  }

  @Test
  void sessionsThatTouchAreOne() throws Exception {
    OperatorHarness harness = sessions().open();
    harness.element("a1", 0).element("a2", 10).watermark(100);
    assertThat(harness.drain()).containsExactly("a[0,20)=a1,a2@19", "W100");
  }

  @Test
  void sessionsOneMillisecondApartAreTwo() throws Exception {
    OperatorHarness harness = sessions().open();
    harness.element("a1", 0).element("a2", 11).watermark(100);
    assertThat(harness.drain()).containsExactly("a[0,10)=a1@9", "a[11,21)=a2@20", "W100");
  }

  @Test
  void aRecordBetweenTwoSessionsMakesThemOne() throws Exception {
    OperatorHarness harness = sessions().open();
    harness.element("a1", 0).element("a2", 15).element("a3", 8).watermark(100);
    assertThat(harness.drain()).containsExactly("a[0,25)=a1,a2,a3@24", "W100");
  }

  @Test
  void mergedContentsAreReducedToo() throws Exception {
    OperatorHarness harness = OperatorHarness.of(sessions().reducing()).open();
    harness.element("a1", 0).element("a2", 15).element("a3", 8).watermark(100);
    assertThat(harness.drain()).containsExactly("a[0,25)=a1+a2+a3@24", "W100");
  }

  @Test
  void aRecordInsideASessionDoesNotChangeIt() throws Exception {
    OperatorHarness harness = sessions().open();
    harness.element("a1", 0).element("a2", 8).element("a3", 4).element("a4", 4).watermark(100);
    assertThat(harness.drain()).containsExactly("a[0,18)=a1,a2,a3,a4@17", "W100");
  }

  @Test
  void aSessionGrowsToTheLeft() throws Exception {
    OperatorHarness harness = sessions().open();
    harness.element("a1", 20).element("a2", 12).element("a3", 5).watermark(100);
    assertThat(harness.drain()).containsExactly("a[5,30)=a1,a2,a3@29", "W100");
  }

  @Test
  void sessionsOfDifferentKeysAreApart() throws Exception {
    OperatorHarness harness = sessions().open();
    harness.element("a1", 0).element("b1", 5).element("a2", 8).watermark(100);
    assertThat(harness.drain())
        .endsWith("W100")
        .containsExactly("b[5,15)=b1@14", "a[0,18)=a1,a2@17", "W100");
  }

  @Test
  void aGrownSessionFiresOnceAndNotAtItsFormerEnd() throws Exception {
    OperatorHarness harness = sessions().open();
    harness.element("a1", 0).element("a2", 5).watermark(13);
    assertThat(harness.drain()).containsExactly("W13");
    harness.watermark(14);
    assertThat(harness.drain()).containsExactly("a[0,15)=a1,a2@14", "W14");
  }

  @Test
  void aSessionThatIsOverLeavesNothingBehind() throws Exception {
    OperatorHarness harness = sessions().open();
    long empty = harness.keyedBytes();
    harness.element("a1", 0).element("a2", 15).element("a3", 8).element("b1", 3);
    harness.watermark(24);
    assertThat(harness.keyedBytes()).isEqualTo(empty);
  }

  @Test
  void sessionsMergeAcrossARestore() throws Exception {
    OperatorHarness before = sessions().open();
    before.element("a1", 0).element("a2", 15);
    OperatorHarness after =
        OperatorHarness.restored(sessions().collecting(), before.snapshot(1)).open();
    after.element("a3", 8).watermark(100);
    assertThat(after.drain()).containsExactly("a[0,25)=a1,a2,a3@24", "W100");
  }

  @Test
  void theStateWindowOfAMergedSessionIsRestored() throws Exception {
    OperatorHarness before = sessions().open();
    before.element("a1", 20).element("a2", 12);
    OperatorHarness after =
        OperatorHarness.restored(sessions().collecting(), before.snapshot(1)).open();
    after.element("a3", 5).watermark(100);
    assertThat(after.drain()).containsExactly("a[5,30)=a1,a2,a3@29", "W100");
  }

  @Test
  void aCountIsMergedWithItsWindows() throws Exception {
    OperatorHarness harness =
        OperatorHarness.of(sessions().trigger(CountTrigger.of(3)).collecting()).open();
    harness.element("a1", 0).element("a2", 15);
    assertThat(harness.drain()).isEmpty();
    harness.element("a3", 8);
    assertThat(harness.drain()).containsExactly("a[0,25)=a1,a2,a3@24");
  }

  @Test
  void aPurgedSessionGoesOnEmpty() throws Exception {
    OperatorHarness harness =
        OperatorHarness.of(sessions().trigger(PurgingTrigger.of(CountTrigger.of(2))).collecting())
            .open();
    harness.element("a1", 0).element("a2", 5).element("a3", 8).element("a4", 9);
    assertThat(harness.drain()).containsExactly("a[0,15)=a1,a2@14", "a[0,19)=a3,a4@18");
  }

  @Test
  void aContinuousTriggerGoesOnInTheMergedSession() throws Exception {
    OperatorHarness harness =
        OperatorHarness.of(
                sessions()
                    .trigger(ContinuousEventTimeTrigger.of(Duration.ofMillis(5)))
                    .collecting())
            .open();
    harness.element("a1", 1).element("a2", 8).watermark(5);
    assertThat(harness.drain()).containsExactly("a[1,18)=a1,a2@17", "W5");
    harness.watermark(17);
    assertThat(harness.drain())
        .containsExactly("a[1,18)=a1,a2@17", "a[1,18)=a1,a2@17", "a[1,18)=a1,a2@17", "W17");
  }

  @Test
  void anEvictorSeesTheRecordsOfAllMergedSessions() throws Exception {
    OperatorHarness harness =
        OperatorHarness.of(sessions().evictor(CountEvictor.of(2)).collecting()).open();
    harness.element("a1", 0).element("a2", 15).element("a3", 8).watermark(100);
    assertThat(harness.drain()).containsExactly("a[0,25)=a2,a3@24", "W100");
  }

  @Test
  void lateFiringsOfAPurgedSessionContainTheLateRecordOnly() throws Exception {
    OperatorHarness harness =
        OperatorHarness.of(
                sessions()
                    .lateness(50)
                    .trigger(PurgingTrigger.of(EventTimeTrigger.create()))
                    .collecting())
            .open();
    harness.element("a1", 0).watermark(9).element("a2", 5).watermark(14);
    assertThat(harness.drain()).containsExactly("a[0,10)=a1@9", "W9", "a[0,15)=a2@14", "W14");
  }

  @Test
  void stateByWindowIsRefusedAndStateByKeyIsNot() throws Exception {
    OperatorHarness harness =
        OperatorHarness.of(
                sessions()
                    .operator(
                        ContentsFactory.collecting(Types.STRING),
                        new ProcessedResults<>(new WindowStateUser())))
            .open();
    harness.element("a1", 0);
    assertThatThrownBy(() -> harness.watermark(100))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("merging windows")
        .hasMessageContaining("globalState()");
  }

  @Test
  void aSessionByProcessingTimeEndsWhenNothingHasComeForTheGap() throws Exception {
    OperatorHarness harness =
        windows(ProcessingTimeSessionWindows.withGap(Duration.ofMillis(10))).open();
    harness.time(0).element("a1").time(9).element("a2").time(18);
    assertThat(harness.drain()).isEmpty();
    harness.time(19);
    assertThat(harness.drain()).containsExactly("a[0,19)=a1,a2@18");
    harness.element("a3").time(100);
    assertThat(harness.drain()).containsExactly("a[19,29)=a3@28");
  }

  private static final class WindowStateUser
      extends ProcessWindowFunction<String, String, String, TimeWindow> {
    private static final long serialVersionUID = 1L;
    private static final ValueStateDescriptor<Integer> SEEN =
        new ValueStateDescriptor<>("seen", Types.INT);

    @Override
    public void process(
        String key, Context context, Iterable<String> elements, Collector<String> out)
        throws Exception {
      context.globalState().getState(SEEN).update(1);
      context.windowState().getState(SEEN).update(1);
    }
  }
}
