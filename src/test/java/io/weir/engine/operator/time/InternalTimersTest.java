package io.weir.engine.operator.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.api.functions.FunctionSnapshotContext;
import io.weir.api.types.Types;
import io.weir.engine.operator.OneInputOperator;
import io.weir.engine.operator.OperatorContext;
import io.weir.engine.operator.Output;
import io.weir.state.KeyedStateBackend;
import io.weir.testkit.OperatorHarness;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class InternalTimersTest {
  private static final String NAMESPACE = "n";

  private final Timed timed = new Timed();

  private OperatorHarness open() throws Exception {
    return OperatorHarness.of(timed).open();
  }

  @Test
  void eventTimersFireInTheOrderOfTheirTimestampsBeforeTheWatermarkGoesOn() throws Exception {
    OperatorHarness harness = open();
    timed.event("a", 30);
    timed.event("b", 10);
    timed.event("a", 20);
    harness.watermark(20);
    assertThat(harness.drain()).containsExactly("event b@10", "event a@20", "W20");
    harness.watermark(29);
    assertThat(harness.drain()).containsExactly("W29");
    harness.watermark(30);
    assertThat(harness.drain()).containsExactly("event a@30", "W30");
  }

  @Test
  void aTimerThatIsRegisteredTwiceFiresOnce() throws Exception {
    OperatorHarness harness = open();
    timed.event("a", 10);
    timed.event("a", 10);
    harness.watermark(10);
    assertThat(harness.drain()).containsExactly("event a@10", "W10");
  }

  @Test
  void aDeletedTimerDoesNotFire() throws Exception {
    OperatorHarness harness = open();
    timed.event("a", 10);
    timed.event("b", 10);
    timed.backend.setCurrentKey("a");
    timed.timers.deleteEventTime(NAMESPACE, 10);
    timed.timers.deleteEventTime(NAMESPACE, 11);
    harness.watermark(10);
    assertThat(harness.drain()).containsExactly("event b@10", "W10");
  }

  @Test
  void aTimerForThePastFiresWithTheNextWatermark() throws Exception {
    OperatorHarness harness = open();
    harness.watermark(100).drain();
    timed.event("a", 5);
    assertThat(harness.drain()).isEmpty();
    harness.watermark(101);
    assertThat(harness.drain()).containsExactly("event a@5", "W101");
  }

  @Test
  void aTimerThatATimerRegistersFiresWithTheSameWatermark() throws Exception {
    OperatorHarness harness = open();
    timed.whenFired =
        () -> timed.timers.registerEventTime(NAMESPACE, Math.min(timed.lastFired + 5, 20));
    timed.event("a", 10);
    harness.watermark(19);
    assertThat(harness.drain()).containsExactly("event a@10", "event a@15", "W19");
  }

  @Test
  void theLastWatermarkFiresTimersAtTheEndOfTime() throws Exception {
    OperatorHarness harness = open();
    timed.event("a", Long.MAX_VALUE);
    harness.watermark(Long.MAX_VALUE);
    assertThat(harness.drain()).containsExactly("event a@9223372036854775807", "Wmax");
  }

  @Test
  void aProcessingTimeTimerFiresWhenItsMillisecondIsOver() throws Exception {
    OperatorHarness harness = open();
    timed.processing("a", 10);
    harness.time(10);
    assertThat(harness.drain()).isEmpty();
    harness.time(11);
    assertThat(harness.drain()).containsExactly("processing a@10");
  }

  @Test
  void onlyTheEarliestProcessingTimeTimerIsRegisteredWithTheClock() throws Exception {
    OperatorHarness harness = open();
    for (int timestamp = 100; timestamp < 200; timestamp++) {
      timed.processing("a", timestamp);
    }
    assertThat(harness.clock().registrations()).isEqualTo(1);
    timed.processing("a", 50);
    assertThat(harness.clock().registrations()).isEqualTo(2);
    harness.time(150);
    assertThat(harness.drain()).hasSize(51);
    harness.time(1000);
    assertThat(harness.drain()).hasSize(50);
    assertThat(harness.clock().registrations()).isZero();
  }

  @Test
  void aProcessingTimeTimerThatWasDeletedWakesNobody() throws Exception {
    OperatorHarness harness = open();
    timed.processing("a", 10);
    timed.timers.deleteProcessingTime(NAMESPACE, 10);
    timed.processing("a", 20);
    harness.time(15);
    assertThat(harness.drain()).isEmpty();
    harness.time(21);
    assertThat(harness.drain()).containsExactly("processing a@20");
  }

  @Test
  void aProcessingTimeTimerForThePastFiresAtOnce() throws Exception {
    OperatorHarness harness = open();
    harness.time(500);
    timed.processing("a", 3);
    harness.time(500);
    assertThat(harness.drain()).containsExactly("processing a@3");
  }

  @Test
  void timersSurviveARestore() throws Exception {
    OperatorHarness before = open();
    timed.event("a", 10);
    timed.processing("b", 20);
    OperatorHarness.Image image = before.snapshot(1);

    OperatorHarness after = OperatorHarness.restored(new Timed(), image).open();
    assertThat(after.clock().registrations()).isEqualTo(1);
    after.time(21).watermark(10);
    assertThat(after.drain()).containsExactly("processing b@20", "event a@10", "W10");
  }

  @Test
  void aBurstOfTimersIsInterruptedAndTheRestIsPartOfASnapshot() throws Exception {
    int burst = 100_000;
    OperatorHarness harness = open();
    for (int i = 0; i < burst; i++) {
      timed.event("key" + i, i % 1000);
    }
    AtomicInteger budget = new AtomicInteger(30_000);
    harness.mayContinue(() -> budget.getAndDecrement() > 0);
    harness.watermark(2000);
    assertThat(harness.values()).hasSize(30_000);
    assertThat(timed.hasPendingWork()).isTrue();
    List<String> early = harness.drain();
    assertThat(early).doesNotContain("W2000");

    OperatorHarness.Image image = harness.snapshot(1);
    assertThat(timed.timers.eventTimers()).isEqualTo(burst - 30_000);

    budget.set(Integer.MAX_VALUE);
    harness.continueWork();
    assertThat(timed.hasPendingWork()).isFalse();
    List<String> late = harness.drain();
    assertThat(late).hasSize(burst - 30_000 + 1).endsWith("W2000");

    OperatorHarness after = OperatorHarness.restored(new Timed(), image).open();
    after.watermark(2000);
    assertThat(after.drain()).as("after a restore exactly the rest fires").isEqualTo(late);
  }

  @Test
  void aBurstOfProcessingTimeTimersIsInterruptedToo() throws Exception {
    OperatorHarness harness = open();
    for (int i = 0; i < 100; i++) {
      timed.processing("key" + i, 10);
    }
    AtomicInteger budget = new AtomicInteger(40);
    harness.mayContinue(() -> budget.getAndDecrement() > 0);
    harness.time(11);
    assertThat(harness.values()).hasSize(40);
    assertThat(timed.hasPendingWork()).isTrue();
    timed.processing("late", 12);
    budget.set(1000);
    harness.continueWork();
    assertThat(harness.values()).hasSize(100);
    assertThat(timed.hasPendingWork()).isFalse();
    harness.time(13);
    assertThat(harness.values()).hasSize(101);
  }

  @Test
  void noWorkIsDoneWhileNothingMayContinue() throws Exception {
    OperatorHarness harness = open();
    timed.event("a", 1);
    harness.mayContinue(() -> false);
    harness.watermark(5);
    harness.continueWork();
    assertThat(harness.drain()).isEmpty();
    assertThat(timed.hasPendingWork()).isTrue();
  }

  /** An operator that emits a record for every timer. */
  private static final class Timed extends OneInputOperator<String> implements TimerTarget<String> {
    private Runnable whenFired = () -> {};
    private KeyedStateBackend<String> backend;
    private InternalTimers<String, String> timers;
    private Output<String> output;
    private long lastFired;

    void event(String key, long timestamp) {
      backend.setCurrentKey(key);
      timers.registerEventTime(NAMESPACE, timestamp);
    }

    void processing(String key, long timestamp) {
      backend.setCurrentKey(key);
      timers.registerProcessingTime(NAMESPACE, timestamp);
    }

    @Override
    public void initialize(OperatorContext context) {
      backend = context.keyedState();
      output = context.output();
      timers = new InternalTimers<>(context, Types.STRING, this);
    }

    @Override
    public void open() {
      timers.open();
    }

    @Override
    public void element(String value, long timestamp) {}

    @Override
    public void watermark(long timestamp) throws Exception {
      timers.advanceWatermark(timestamp);
    }

    @Override
    public void idleness(boolean idle) {}

    @Override
    public boolean hasPendingWork() {
      return timers.hasPendingWork();
    }

    @Override
    public void continueWork() throws Exception {
      timers.continueFiring();
    }

    @Override
    public void snapshot(FunctionSnapshotContext context) {}

    @Override
    public void onEventTime(String namespace, long timestamp) {
      lastFired = timestamp;
      output.emit("event " + backend.currentKey(), timestamp);
      whenFired.run();
    }

    @Override
    public void onProcessingTime(String namespace, long timestamp) {
      output.emit("processing " + backend.currentKey(), timestamp);
    }
  }
}
