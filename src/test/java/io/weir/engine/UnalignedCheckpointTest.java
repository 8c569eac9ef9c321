package io.weir.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.api.datastream.DataStream;
import io.weir.api.environment.StreamExecutionEnvironment;
import io.weir.api.eventtime.WatermarkStrategy;
import io.weir.api.functions.KeyedProcessFunction;
import io.weir.api.functions.OpenContext;
import io.weir.api.state.ValueState;
import io.weir.api.state.ValueStateDescriptor;
import io.weir.api.types.Collector;
import io.weir.api.types.Types;
import io.weir.engine.channel.Channel;
import io.weir.engine.channel.RecordBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Barriers that overtake records, stepped by hand. */
class UnalignedCheckpointTest {
  private static final long FULL = (long) Channel.CAPACITY_ITEMS * RecordBatch.CAPACITY;

  private final Feed<Long> left = new Feed<>("left");
  private final Feed<Long> right = new Feed<>("right");

  /** Two sources into one keyed operator that numbers each key's records. */
  private void twoInputs(StreamExecutionEnvironment env) {
    env.fromSource(left, WatermarkStrategy.noWatermarks(), "left", Types.LONG)
        .union(env.fromSource(right, WatermarkStrategy.noWatermarks(), "right", Types.LONG))
        .keyBy(value -> value % 10, Types.LONG)
        .process(new Numbered())
        .returns(Types.STRING)
        .name("count")
        .uid("count")
        .process(new Seen<String>("counts"))
        .returns(Types.STRING);
  }

  /** {@code value#count}. */
  private static final class Numbered extends KeyedProcessFunction<Long, Long, String> {
    private static final long serialVersionUID = 1L;
    private transient ValueState<Long> count;

    @Override
    public void open(OpenContext context) {
      count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Types.LONG));
    }

    @Override
    public void processElement(Long value, Context context, Collector<String> out)
        throws Exception {
      long next = (count.value() == null ? 0 : count.value()) + 1;
      count.update(next);
      out.collect(value + "#" + next);
    }
  }

  private static void give(Feed<Long> feed, long from, long to) {
    feed.give(0, LongStream.range(from, to).boxed().toArray(Long[]::new));
  }

  /** The numbers that the records of ten keys get. */
  private static List<String> numbered(long from, long to) {
    return LongStream.range(from, to).mapToObj(i -> i + "#" + (i / 10 + 1)).toList();
  }

  @Test
  void theBarrierOvertakesWhatIsQueuedAndARestorePutsItBackInOrder() {
    SteppedJob job = SteppedJob.of(this::twoInputs);
    give(left, 0, 1_000);
    job.settle();
    give(left, 1_000, 4_000);
    job.settle(job.task("left"));
    assertThat(Seen.by("counts")).hasSize(1_000);

    job.triggerUnaligned(1);
    job.settle(job.task("left"), job.task("right"));
    job.step(job.task("count"));

    assertThat(job.isAcknowledgedByAll(1)).as("nothing had to be processed for it").isTrue();
    assertThat(job.channelState(1).records()).isEqualTo(3_000);
    assertThat(job.channelState(1).persisted())
        .isEqualTo(job.channelState(1).bytes())
        .isGreaterThan(3_000);
    assertThat(job.metrics(1)).allMatch(CheckpointMetrics::isUnaligned);
    give(left, 4_000, 5_000);
    job.settle();
    assertThat(Seen.by("counts")).isEqualTo(numbered(0, 5_000));

    SteppedJob restored = SteppedJob.restored(job, 1, this::twoInputs);
    restored.settle();
    assertThat(Seen.by("counts")).isEqualTo(numbered(1_000, 5_000));
  }

  @Test
  void aFullChannelDoesNotHoldTheBarrierUp() {
    SteppedJob job = SteppedJob.of(this::twoInputs);
    job.settle();
    give(left, 0, 50_000);
    job.settle(job.task("left"));
    assertThat(job.task("left").isBackPressured()).isTrue();

    job.triggerUnaligned(1);
    job.step(job.task("left"));
    job.step(job.task("right"));
    job.step(job.task("count"));

    assertThat(job.isAcknowledgedByAll(1)).isTrue();
    assertThat(job.channelState(1).records()).isBetween(FULL - RecordBatch.CAPACITY, FULL);
    job.settle();
    assertThat(Seen.by("counts")).isEqualTo(numbered(0, 50_000));

    SteppedJob restored = SteppedJob.restored(job, 1, this::twoInputs);
    restored.settle();
    assertThat(Seen.by("counts")).isEqualTo(numbered(0, 50_000));
  }

  @Test
  void theRestOfABatchThatIsBeingProcessedBelongsToTheCheckpoint() {
    SteppedJob job = SteppedJob.of(this::twoInputs);
    job.settle();
    give(left, 0, 200);
    job.settle(job.task("left"));
    // a letter stops the task in the middle of the batch; the barrier of the other source is one
    job.task("count").mailbox().checkpointAborted(77);
    Task count = job.task("count");
    int seen = 0;
    while (seen == 0) {
      count.mailbox().checkpointCompleted(0);
      job.step(count);
      seen = Seen.by("counts").size();
    }
    job.triggerUnaligned(1);
    job.settle(job.task("left"), job.task("right"));
    job.step(count);
    job.settle();

    assertThat(job.channelState(1).records()).isEqualTo(200 - seen);
    SteppedJob restored = SteppedJob.restored(job, 1, this::twoInputs);
    restored.settle();
    assertThat(Seen.by("counts")).isEqualTo(numbered(seen, 200));
  }

  @Test
  void whatIsStillToComeIsCapturedUntilItsBarrierIsAnnounced() {
    SteppedJob job = SteppedJob.of(this::twoInputs);
    job.settle();
    job.triggerUnaligned(1);
    job.settle(job.task("left"), job.task("count"));
    assertThat(job.ended("acknowledged")).hasSize(1);
    // the other source has the trigger in its mailbox, but reads on before it looks
    give(left, 0, 5);
    job.settle(job.task("left"), job.task("count"));
    assertThat(Seen.by("counts")).as("nothing is blocked").hasSize(5);
    job.settle();
    assertThat(job.isAcknowledgedByAll(1)).isTrue();
    assertThat(job.channelState(1).records())
        .as("records behind the barrier are not in the checkpoint")
        .isZero();
  }

  @Test
  void recordsOfAChannelWhoseBarrierIsNotAnnouncedYetAreCapturedWhileTheyAreProcessed() {
    SteppedJob job = SteppedJob.of(this::twoInputs);
    job.settle();
    give(right, 0, 256);
    job.settle(job.task("right"));
    job.triggerUnaligned(1);
    job.settle(job.task("left"), job.task("count"));
    assertThat(Seen.by("counts")).hasSize(256);
    assertThat(job.isAcknowledgedByAll(1)).isFalse();
    job.settle();

    assertThat(job.isAcknowledgedByAll(1)).isTrue();
    assertThat(job.channelState(1).records()).isEqualTo(256);
    assertThat(job.metrics(1))
        .anyMatch(
            each ->
                each.bytesProcessedDuringAlignment() > 256
                    && each.bytesProcessedDuringAlignment()
                        == each.bytesPersistedDuringAlignment());
    SteppedJob restored = SteppedJob.restored(job, 1, this::twoInputs);
    restored.settle();
    assertThat(Seen.by("counts")).isEqualTo(numbered(0, 256));
  }

  @Test
  void theEndOfAChannelEndsItsCapture() {
    SteppedJob job = SteppedJob.of(this::twoInputs);
    job.settle();
    give(right, 0, 300);
    right.end(0);
    job.settle(job.task("right"));
    assertThat(job.ended("finished")).hasSize(1);
    job.triggerUnaligned(1);
    job.settle();
    assertThat(job.ended("acknowledged")).hasSize(2);
    assertThat(job.channelState(1).records()).isEqualTo(300);

    SteppedJob restored = SteppedJob.restored(job, 1, this::twoInputs);
    restored.settle();
    assertThat(Seen.by("counts")).isEqualTo(numbered(0, 300));
  }

  @Test
  void severalCheckpointsMayBeTakenWhileNothingIsProcessed() {
    SteppedJob job = SteppedJob.of(this::twoInputs);
    job.settle();
    give(left, 0, 2_000);
    job.settle(job.task("left"));
    for (int checkpoint = 1; checkpoint <= 3; checkpoint++) {
      job.triggerUnaligned(checkpoint);
      job.step(job.task("left"));
      job.step(job.task("right"));
      // letters first, then a few records
      job.step(job.task("count"));
      assertThat(job.isAcknowledgedByAll(checkpoint)).isTrue();
    }
    long first = job.channelState(1).records();
    assertThat(first).isEqualTo(2_000);
    assertThat(job.channelState(3).records()).isLessThan(2_000).isGreaterThan(1_000);
    job.settle();
    assertThat(Seen.by("counts")).isEqualTo(numbered(0, 2_000));

    SteppedJob restored = SteppedJob.restored(job, 3, this::twoInputs);
    restored.settle();
    assertThat(Seen.by("counts")).last().isEqualTo("1999#200");
  }

  @Test
  void recordsThatWereRestoredAreInFlightAgain() {
    SteppedJob job = SteppedJob.of(this::twoInputs);
    job.settle();
    give(left, 0, 3_000);
    job.settle(job.task("left"));
    job.triggerUnaligned(1);
    job.settle(job.task("left"), job.task("right"));
    job.step(job.task("count"));

    SteppedJob restored = SteppedJob.restored(job, 1, this::twoInputs);
    give(left, 3_000, 3_100);
    while (!restored.states().stream().allMatch(state -> state == TaskState.RUNNING)) {
      restored.tasks().forEach(restored::step);
    }
    restored.settle(restored.task("left"));
    restored.triggerUnaligned(2);
    restored.step(restored.task("left"));
    restored.step(restored.task("right"));
    restored.step(restored.task("count"));
    assertThat(restored.isAcknowledgedByAll(2)).isTrue();
    int processed = Seen.by("counts").size();

    SteppedJob again = SteppedJob.restored(restored, 2, this::twoInputs);
    again.settle();
    assertThat(again.channelState(2).records()).isZero();
    assertThat(Seen.by("counts"))
        .isEqualTo(numbered(3_100 - Seen.by("counts").size(), 3_100))
        .hasSizeGreaterThanOrEqualTo(3_100 - processed);
  }

  @Test
  void aTimedCheckpointIsAlignedIfItIsInTime() {
    SteppedJob job = SteppedJob.of(this::twoInputs);
    job.settle();
    give(left, 0, 1_000);
    job.settle(job.task("left"));
    job.triggerTimed(1, 500);
    job.settle();
    assertThat(job.isAcknowledgedByAll(1)).isTrue();
    assertThat(job.channelState(1).records()).isZero();
    assertThat(job.metrics(1)).noneMatch(CheckpointMetrics::isUnaligned);
    job.clock.advance(1_000);
    job.settle();
    assertThat(job.ended("acknowledged")).hasSize(3);
  }

  @Test
  void aTimedCheckpointOvertakesWhatIsQueuedBeforeItsFirstBarrierIsIn() {
    SteppedJob job = SteppedJob.of(this::twoInputs);
    job.settle();
    give(left, 0, 3_000);
    job.settle(job.task("left"));
    job.triggerTimed(1, 500);
    job.settle(job.task("left"), job.task("right"));
    job.step(job.task("count"));
    assertThat(job.ended("acknowledged")).hasSize(2);
    int seen = Seen.by("counts").size();
    job.clock.advance(500);
    job.step(job.task("count"));
    assertThat(job.isAcknowledgedByAll(1)).isTrue();
    assertThat(job.channelState(1).records()).isEqualTo(3_000 - seen);

    SteppedJob restored = SteppedJob.restored(job, 1, this::twoInputs);
    restored.settle();
    assertThat(Seen.by("counts")).isEqualTo(numbered(seen, 3_000));
  }

  @Test
  void aTimedCheckpointUnblocksTheChannelsThatWaitWhenItsTimeIsOver() {
    SteppedJob job = SteppedJob.of(this::twoInputs);
    job.settle();
    job.triggerTimed(1, 500);
    give(left, 0, 10);
    job.settle(job.task("left"), job.task("count"));
    assertThat(Seen.by("counts")).as("left is blocked").isEmpty();
    job.clock.advance(500);
    job.settle(job.task("left"), job.task("count"));
    assertThat(Seen.by("counts")).hasSize(10);
    job.settle();
    assertThat(job.isAcknowledgedByAll(1)).isTrue();
    assertThat(job.channelState(1).records()).isZero();
  }

  @Test
  void anAbortEndsTheCaptureAndTheNextCheckpointIsTaken() {
    SteppedJob job = SteppedJob.of(this::twoInputs);
    job.settle();
    give(left, 0, 100);
    job.settle(job.task("left"));
    job.triggerUnaligned(1);
    job.settle(job.task("left"), job.task("count"));
    job.tasks().forEach(task -> task.mailbox().checkpointAborted(1));
    job.settle();
    assertThat(job.isAcknowledgedByAll(1)).isFalse();
    assertThat(job.told).noneMatch(each -> each.startsWith("declined"));
    job.triggerUnaligned(2);
    job.settle();
    assertThat(job.isAcknowledgedByAll(2)).isTrue();
  }

  private void joined(StreamExecutionEnvironment env) {
    DataStream<Long> rules =
        env.fromSource(right, WatermarkStrategy.noWatermarks(), "right", Types.LONG);
    env.fromSource(left, WatermarkStrategy.noWatermarks(), "left", Types.LONG)
        .rebalance()
        .connect(rules.broadcast())
        .map(new Merged())
        .returns(Types.LONG)
        .name("join")
        .uid("join")
        .process(new Seen<Long>("joined"))
        .returns(Types.LONG);
  }

  private static final class Merged
      implements io.weir.api.functions.co.CoMapFunction<Long, Long, Long> {
    private static final long serialVersionUID = 1L;

    @Override
    public Long map1(Long value) {
      return value;
    }

    @Override
    public Long map2(Long value) {
      return -value;
    }
  }

  @Test
  void aBroadcastEdgeStaysAlignedWhileTheOtherIsCaptured() {
    SteppedJob job = SteppedJob.of(this::joined);
    job.settle();
    give(left, 0, 3_000);
    give(right, 1, 1_001);
    job.settle(job.task("left"), job.task("right"));
    job.triggerUnaligned(1);
    job.settle(job.task("left"), job.task("right"));
    job.step(job.task("join"));
    assertThat(job.ended("acknowledged")).hasSize(2);
    job.settle();
    assertThat(job.isAcknowledgedByAll(1)).isTrue();
    long inFlight = job.channelState(1).records();
    assertThat(inFlight).isGreaterThan(0);
    List<String> all = new ArrayList<>(Seen.by("joined"));

    SteppedJob restored = SteppedJob.restored(job, 1, this::joined);
    restored.settle();
    assertThat(Seen.by("joined"))
        .as("no record of the broadcast stream")
        .allMatch(value -> !value.startsWith("-"))
        .hasSize((int) inFlight);
    assertThat(all).hasSize(4_000).containsAll(Seen.by("joined"));
  }

  @Test
  void aBurstOfTimersDoesNotHoldTheBarrierUp() {
    SteppedJob job = SteppedJob.of(this::burst);
    for (long i = 0; i < 100_000; i++) {
      left.giveAt(0, i, 1);
    }
    job.settle();
    left.giveAt(0, -1L, 100);
    Task timers = job.task("timers");
    job.settle(job.task("left"), timers);
    job.clock.advance(200);
    job.settle(job.task("left"));
    // the watermark is in: the burst begins, and fills the outputs
    job.settle(timers);
    assertThat(timers.isBackPressured()).isTrue();
    int before = Seen.by("fired").size();

    job.triggerUnaligned(1);
    job.step(job.task("left"));
    job.step(timers);
    job.step(job.task("fired"));
    assertThat(job.isAcknowledgedByAll(1)).isTrue();
    job.settle();
    assertThat(Seen.by("fired")).hasSize(100_000).doesNotHaveDuplicates();

    SteppedJob restored = SteppedJob.restored(job, 1, this::burst);
    restored.settle();
    left.giveAt(0, -2L, 200);
    restored.settle();
    restored.clock.advance(400);
    restored.settle();
    assertThat(Seen.by("fired")).hasSize(100_000 - before).doesNotHaveDuplicates();
  }

  private void burst(StreamExecutionEnvironment env) {
    env.fromSource(left, WatermarkStrategy.forMonotonousTimestamps(), "left", Types.LONG)
        .keyBy(value -> value, Types.LONG)
        .process(new OneTimer())
        .returns(Types.LONG)
        .name("timers")
        .uid("timers")
        .rebalance()
        .process(new Seen<Long>("fired"))
        .returns(Types.LONG)
        .name("fired");
  }

  private static final class OneTimer extends KeyedProcessFunction<Long, Long, Long> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(Long value, Context context, Collector<Long> out) {
      if (value >= 0) {
        context.timerService().registerEventTimeTimer(50);
      }
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Long> out) {
      out.collect(context.getCurrentKey());
    }
  }
}
