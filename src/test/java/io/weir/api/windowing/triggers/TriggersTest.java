package io.weir.api.windowing.triggers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.api.metrics.MetricGroup;
import io.weir.api.state.MergingState;
import io.weir.api.state.ReducingState;
import io.weir.api.state.ReducingStateDescriptor;
import io.weir.api.state.State;
import io.weir.api.state.StateDescriptor;
import io.weir.api.windowing.windows.GlobalWindow;
import io.weir.api.windowing.windows.TimeWindow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class TriggersTest {
  private static final TimeWindow WINDOW = new TimeWindow(0, 100);

  /** Timers and state of one key and window. */
  private static final class Context implements Trigger.OnMergeContext {
    private final TreeSet<Long> eventTimers = new TreeSet<>();
    private final TreeSet<Long> processingTimers = new TreeSet<>();
    private final Map<String, Number> state = new HashMap<>();
    private long watermark = Long.MIN_VALUE;
    private long now;

    /** Advances event time and gives what the timers on the way result in. */
    List<TriggerResult> advance(Trigger<?, TimeWindow> trigger, long to) throws Exception {
      List<TriggerResult> results = new ArrayList<>();
      watermark = to;
      while (!eventTimers.isEmpty() && eventTimers.first() <= to) {
        results.add(trigger.onEventTime(eventTimers.pollFirst(), WINDOW, this));
      }
      return results;
    }

    @Override
    public long getCurrentProcessingTime() {
      return now;
    }

    @Override
    public long getCurrentWatermark() {
      return watermark;
    }

    @Override
    public MetricGroup getMetricGroup() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void registerProcessingTimeTimer(long time) {
      processingTimers.add(time);
    }

    @Override
    public void registerEventTimeTimer(long time) {
      eventTimers.add(time);
    }

    @Override
    public void deleteProcessingTimeTimer(long time) {
      processingTimers.remove(time);
    }

    @Override
    public void deleteEventTimeTimer(long time) {
      eventTimers.remove(time);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <S extends State> S getPartitionedState(StateDescriptor<S, ?> descriptor) {
      return (S) new Reduced((ReducingStateDescriptor<Long>) (StateDescriptor<?, ?>) descriptor);
    }

    @Override
    public <S extends MergingState<?, ?>> void mergePartitionedState(
        StateDescriptor<S, ?> descriptor) {}

    private final class Reduced implements ReducingState<Long> {
      private final ReducingStateDescriptor<Long> descriptor;

      Reduced(ReducingStateDescriptor<Long> descriptor) {
        this.descriptor = descriptor;
      }

      @Override
      public Long get() {
        return (Long) state.get(descriptor.getName());
      }

      @Override
      public void add(Long value) throws Exception {
        Long old = get();
        state.put(
            descriptor.getName(),
            old == null ? value : descriptor.getReduceFunction().reduce(old, value));
      }

      @Override
      public void clear() {
        state.remove(descriptor.getName());
      }
    }
  }

  private final Context context = new Context();

  @Test
  void anEventTimeWindowFiresAtItsEndAndForEveryLateRecord() throws Exception {
    Trigger<Object, TimeWindow> trigger = EventTimeTrigger.create();

    assertThat(trigger.onElement("a", 5, WINDOW, context)).isEqualTo(TriggerResult.CONTINUE);
    assertThat(context.advance(trigger, 98)).isEmpty();
    assertThat(context.advance(trigger, 99)).containsExactly(TriggerResult.FIRE);
    assertThat(trigger.onElement("late", 5, WINDOW, context)).isEqualTo(TriggerResult.FIRE);
  }

  @Test
  void aProcessingTimeWindowFiresAtItsEnd() throws Exception {
    Trigger<Object, TimeWindow> trigger = ProcessingTimeTrigger.create();
    trigger.onElement("a", 5, WINDOW, context);

    assertThat(context.processingTimers).containsExactly(99L);
    assertThat(trigger.onProcessingTime(99, WINDOW, context)).isEqualTo(TriggerResult.FIRE);
  }

  @Test
  void aCountTriggerFiresAtEveryNthRecord() throws Exception {
    Trigger<Object, GlobalWindow> trigger = CountTrigger.of(3);
    List<TriggerResult> results = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      results.add(trigger.onElement("a", 0, GlobalWindow.get(), context));
    }

    assertThat(results)
        .extracting(TriggerResult::isFire)
        .containsExactly(false, false, true, false, false, true, false);
  }

  @Test
  void aPurgingTriggerEmptiesWhatItFires() throws Exception {
    Trigger<Object, GlobalWindow> trigger = PurgingTrigger.of(CountTrigger.of(2));

    assertThat(trigger.onElement("a", 0, GlobalWindow.get(), context))
        .isEqualTo(TriggerResult.CONTINUE);
    assertThat(trigger.onElement("a", 0, GlobalWindow.get(), context))
        .isEqualTo(TriggerResult.FIRE_AND_PURGE);
  }

  @Test
  void aContinuousTriggerFiresEveryIntervalAndOnceAtTheEnd() throws Exception {
    Trigger<Object, TimeWindow> trigger = ContinuousEventTimeTrigger.of(Duration.ofMillis(40));
    trigger.onElement("a", 5, WINDOW, context);
    trigger.onElement("b", 35, WINDOW, context);

    assertThat(context.advance(trigger, 39)).isEmpty();
    assertThat(context.advance(trigger, 40)).containsExactly(TriggerResult.FIRE);
    assertThat(context.advance(trigger, 200))
        .containsExactly(TriggerResult.FIRE, TriggerResult.FIRE);
  }

  @Test
  void aContinuousTriggerOfProcessingTimeFiresEveryInterval() throws Exception {
    Trigger<Object, TimeWindow> trigger = ContinuousProcessingTimeTrigger.of(Duration.ofMillis(40));
    context.now = 35;
    trigger.onElement("a", 5, WINDOW, context);

    assertThat(context.processingTimers).containsExactly(40L);
    assertThat(trigger.onProcessingTime(40, WINDOW, context)).isEqualTo(TriggerResult.FIRE);
    assertThat(context.processingTimers).contains(80L);
    assertThat(trigger.onProcessingTime(77, WINDOW, context)).isEqualTo(TriggerResult.CONTINUE);
  }

  @Test
  void clearLeavesNoTimerAndNoState() throws Exception {
    List<Trigger<Object, TimeWindow>> triggers =
        List.of(
            EventTimeTrigger.create(),
            ContinuousEventTimeTrigger.of(Duration.ofMillis(40)),
            CountTrigger.of(2),
            PurgingTrigger.of(CountTrigger.of(2)));
    for (Trigger<Object, TimeWindow> trigger : triggers) {
      trigger.onElement("a", 5, WINDOW, context);
      trigger.clear(WINDOW, context);

      assertThat(context.eventTimers).as(trigger.toString()).isEmpty();
      assertThat(context.state).as(trigger.toString()).isEmpty();
    }
  }

  @Test
  void globalWindowsFireNeverOrAtTheEndOfTheInput() throws Exception {
    assertThat(new NeverTrigger().onElement("a", 0, GlobalWindow.get(), context))
        .isEqualTo(TriggerResult.CONTINUE);
    EndOfStreamTrigger atEnd = new EndOfStreamTrigger();
    atEnd.onElement("a", 0, GlobalWindow.get(), context);

    assertThat(context.eventTimers).containsExactly(Long.MAX_VALUE);
    assertThat(atEnd.onEventTime(Long.MAX_VALUE, GlobalWindow.get(), context))
        .isEqualTo(TriggerResult.FIRE_AND_PURGE);
  }

  @Test
  void numbersThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> CountTrigger.of(0)).hasMessageContaining("at least 1");
    assertThatThrownBy(() -> ContinuousEventTimeTrigger.of(Duration.ZERO))
        .hasMessageContaining("at least 1 ms");
  }
}
