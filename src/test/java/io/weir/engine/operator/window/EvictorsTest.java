package io.weir.engine.operator.window;

import static io.weir.engine.operator.window.WindowFixture.windows;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.api.functions.AggregateFunction;
import io.weir.api.types.Types;
import io.weir.api.windowing.assigners.GlobalWindows;
import io.weir.api.windowing.assigners.TumblingEventTimeWindows;
import io.weir.api.windowing.evictors.CountEvictor;
import io.weir.api.windowing.evictors.Evictor;
import io.weir.api.windowing.evictors.TimeEvictor;
import io.weir.api.windowing.evictors.TimestampedValue;
import io.weir.api.windowing.triggers.CountTrigger;
import io.weir.api.windowing.windows.GlobalWindow;
import io.weir.api.windowing.windows.TimeWindow;
import io.weir.api.windowing.windows.Window;
import io.weir.testkit.OperatorHarness;
import java.time.Duration;
import java.util.Iterator;
import org.junit.jupiter.api.Test;

class EvictorsTest {

  private static WindowFixture<GlobalWindow> everyTwo() {
    return windows(GlobalWindows.create()).trigger(CountTrigger.of(2));
  }

  private static WindowFixture<TimeWindow> tumbling() {
    return windows(TumblingEventTimeWindows.of(Duration.ofMillis(10)));
  }

  @Test
  void aCountEvictorKeepsTheLastRecords() throws Exception {
    OperatorHarness harness =
        OperatorHarness.of(everyTwo().evictor(CountEvictor.of(3)).collecting()).open();
    harness.element("a1").element("a2").element("a3").element("a4").element("a5").element("a6");
    assertThat(harness.values())
        .containsExactly("a[all)=a1,a2", "a[all)=a2,a3,a4", "a[all)=a4,a5,a6");
  }

  @Test
  void evictionAfterTheFunctionIsSeenByTheNextFiring() throws Exception {
    OperatorHarness harness =
        OperatorHarness.of(everyTwo().evictor(CountEvictor.of(1, true)).collecting()).open();
    harness.element("a1").element("a2").element("a3").element("a4");
    assertThat(harness.values()).containsExactly("a[all)=a1,a2", "a[all)=a2,a3,a4");
  }

  @Test
  void aTimeEvictorKeepsWhatIsCloseToTheNewest() throws Exception {
    OperatorHarness harness =
        OperatorHarness.of(tumbling().evictor(TimeEvictor.of(Duration.ofMillis(4))).collecting())
            .open();
    harness.element("a1", 1).element("a2", 4).element("a3", 8).watermark(9);
    assertThat(harness.drain()).containsExactly("a[0,10)=a3@9", "W9");
  }

  @Test
  void reducingHappensOverWhatIsLeft() throws Exception {
    OperatorHarness harness =
        OperatorHarness.of(everyTwo().evictor(CountEvictor.of(3)).reducing()).open();
    harness.element("a1").element("a2").element("a3").element("a4");
    assertThat(harness.values()).containsExactly("a[all)=a1+a2", "a[all)=a2+a3+a4");
  }

  @Test
  void aggregatingHappensOverWhatIsLeft() throws Exception {
    OperatorHarness harness =
        OperatorHarness.of(
                everyTwo()
                    .operator(
                        ContentsFactory.evictingAggregating(
                            new AllButFirst<>(), new Counting(), Types.STRING),
                        new ContentsAsResults<>()))
            .open();
    harness.element("a1").element("a2").element("a3").element("a4");
    assertThat(harness.values()).containsExactly(1L, 2L);
  }

  @Test
  void recordsAndTheirTimestampsAreRestored() throws Exception {
    OperatorHarness before =
        OperatorHarness.of(tumbling().evictor(TimeEvictor.of(Duration.ofMillis(4))).collecting())
            .open();
    before.element("a1", 1).element("a2", 4);
    OperatorHarness after =
        OperatorHarness.restored(
                tumbling().evictor(TimeEvictor.of(Duration.ofMillis(4))).collecting(),
                before.snapshot(1))
            .open();
    after.element("a3", 7).watermark(9);
    assertThat(after.drain()).containsExactly("a[0,10)=a2,a3@9", "W9");
  }

  @Test
  void aRecordWithoutTimestampHasNoneInTheEvictor() throws Exception {
    OperatorHarness harness =
        OperatorHarness.of(everyTwo().evictor(new WithTimestampOnly<>()).collecting()).open();
    harness.element("a1").element("a2", 5);
    assertThat(harness.values()).containsExactly("a[all)=a2");
  }

  @Test
  void aFunctionIsCalledEvenIfEverythingWasEvicted() throws Exception {
    OperatorHarness harness =
        OperatorHarness.of(everyTwo().evictor(CountEvictor.of(0)).collecting()).open();
    harness.element("a1").element("a2");
    assertThat(harness.values()).containsExactly("a[all)=");
  }

  @Test
  void reducingNothingGivesNothing() throws Exception {
    OperatorHarness harness =
        OperatorHarness.of(
                everyTwo()
                    .operator(
                        ContentsFactory.evictingReducing(
                            new Everything<>(), (a, b) -> a + b, Types.STRING),
                        new ContentsAsResults<>()))
            .open();
    harness.element("a1").element("a2");
    assertThat(harness.values()).isEmpty();
  }

  @Test
  void anEvictingWindowThatIsOverLeavesNothingBehind() throws Exception {
    OperatorHarness harness =
        OperatorHarness.of(tumbling().evictor(CountEvictor.of(1)).collecting()).open();
    long empty = harness.keyedBytes();
    harness.element("a1", 1).element("a2", 2).watermark(9);
    assertThat(harness.keyedBytes()).isEqualTo(empty);
  }

  private abstract static class Before<W extends Window> implements Evictor<String, W> {
    private static final long serialVersionUID = 1L;

    abstract boolean evict(TimestampedValue<String> value, int index);

    @Override
    public void evictBefore(
        Iterable<TimestampedValue<String>> elements,
        int size,
        W window,
        EvictorContext evictorContext) {
      int index = 0;
      for (Iterator<TimestampedValue<String>> each = elements.iterator(); each.hasNext(); index++) {
        if (evict(each.next(), index)) {
          each.remove();
        }
      }
    }

    @Override
    public void evictAfter(
        Iterable<TimestampedValue<String>> elements,
        int size,
        W window,
        EvictorContext evictorContext) {}
  }

  private static final class AllButFirst<W extends Window> extends Before<W> {
    private static final long serialVersionUID = 1L;

    @Override
    boolean evict(TimestampedValue<String> value, int index) {
      return index == 0;
    }
  }

  private static final class WithTimestampOnly<W extends Window> extends Before<W> {
    private static final long serialVersionUID = 1L;

    @Override
    boolean evict(TimestampedValue<String> value, int index) {
      return !value.hasTimestamp();
    }
  }

  private static final class Everything<W extends Window> extends Before<W> {
    private static final long serialVersionUID = 1L;

    @Override
    boolean evict(TimestampedValue<String> value, int index) {
      return true;
    }
  }

  private static final class Counting implements AggregateFunction<String, Long, Long> {
    private static final long serialVersionUID = 1L;

    @Override
    public Long createAccumulator() {
      return 0L;
    }

    @Override
    public Long add(String value, Long accumulator) {
      return accumulator + 1;
    }

    @Override
    public Long getResult(Long accumulator) {
      return accumulator;
    }

    @Override
    public Long merge(Long a, Long b) {
      return a + b;
    }
  }
}
