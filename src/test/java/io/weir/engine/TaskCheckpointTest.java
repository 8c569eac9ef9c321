package io.weir.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.api.environment.StreamExecutionEnvironment;
import io.weir.api.eventtime.WatermarkStrategy;
import io.weir.api.functions.KeyedProcessFunction;
import io.weir.api.functions.OpenContext;
import io.weir.api.state.ValueState;
import io.weir.api.state.ValueStateDescriptor;
import io.weir.api.types.Collector;
import io.weir.api.types.Types;
import io.weir.barrier.AlignmentMode;
import io.weir.barrier.CheckpointOptions;
import io.weir.barrier.CheckpointOptions.Alignment;
import io.weir.snapshot.CheckpointType;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Barriers, snapshots and restores of whole jobs, stepped by hand. */
class TaskCheckpointTest {
  private final Feed<String> left = new Feed<>("left");
  private final Feed<String> right = new Feed<>("right");

  /** Two sources into one keyed count. */
  private void twoInputs(StreamExecutionEnvironment env) {
    env.fromSource(left, WatermarkStrategy.noWatermarks(), "left", Types.STRING)
        .union(env.fromSource(right, WatermarkStrategy.noWatermarks(), "right", Types.STRING))
        .keyBy(value -> value, Types.STRING)
        .process(new Count())
        .returns(Types.STRING)
        .name("count")
        .uid("count")
        .process(new Seen<String>("counts"))
        .returns(Types.STRING);
  }

  private static final class Count extends KeyedProcessFunction<String, String, String> {
    private static final long serialVersionUID = 1L;
    private transient ValueState<Long> count;

    @Override
    public void open(OpenContext context) {
      count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Types.LONG));
    }

    @Override
    public void processElement(String value, Context context, Collector<String> out)
        throws Exception {
      long next = (count.value() == null ? 0 : count.value()) + 1;
      count.update(next);
      out.collect(value + next);
    }
  }

  @Test
  void aChannelWhoseBarrierIsInWaitsForTheOthers() {
    SteppedJob job = SteppedJob.of(this::twoInputs);
    left.give(0, "a");
    right.give(0, "a");
    job.settle();
    assertThat(Seen.by("counts")).containsExactly("a1", "a2");

    job.trigger(1);
    left.give(0, "b");
    job.settle(job.task("left"), job.task("count"));
    assertThat(Seen.by("counts")).as("left is blocked").hasSize(2);
    assertThat(job.ended("acknowledged")).containsExactly("1 Source: left (1/1)");

    right.give(0, "a");
    job.settle(job.task("left"), job.task("right"), job.task("count"));
    assertThat(Seen.by("counts")).as("both barriers are in").containsOnlyOnce("b1").contains("a3");
    assertThat(job.isAcknowledgedByAll(1)).isTrue();
  }

  @Test
  void behindTheLastCheckpointTheTasksStandStill() {
    SteppedJob job = SteppedJob.of(this::twoInputs);
    left.give(0, "a");
    job.settle();
    job.trigger(1, new CheckpointOptions(CheckpointType.LAST_CHECKPOINT, Alignment.ALIGNED));
    left.give(0, "b");
    right.give(0, "b");
    job.settle();
    assertThat(job.isAcknowledgedByAll(1)).isTrue();
    assertThat(Seen.by("counts")).as("b is for the next attempt").containsExactly("a1");

    SteppedJob restored = SteppedJob.restored(job, 1, this::twoInputs);
    restored.settle();
    assertThat(Seen.by("counts")).as("and only b").containsExactly("b1", "b2");
  }

  @Test
  void aRestoredJobGoesOnWhereTheSnapshotWasTaken() {
    SteppedJob job = SteppedJob.of(this::twoInputs);
    left.give(0, "a", "b");
    right.give(0, "a");
    job.settle();
    job.trigger(7);
    left.give(0, "a");
    right.give(0, "b");
    job.settle();
    List<String> withoutFailure = List.copyOf(Seen.by("counts"));

    SteppedJob restored = SteppedJob.restored(job, 7, this::twoInputs);
    restored.settle();
    assertThat(Seen.by("counts"))
        .as("what came behind the barrier is read again, and counted once")
        .containsExactlyInAnyOrderElementsOf(withoutFailure.subList(3, 5))
        .containsExactlyInAnyOrder("a3", "b2");
  }

  @Test
  void atLeastOnceBlocksNoChannel() {
    SteppedJob job = SteppedJob.of(AlignmentMode.AT_LEAST_ONCE, this::twoInputs);
    job.settle();
    job.trigger(1);
    left.give(0, "b");
    job.settle(job.task("left"), job.task("count"));
    assertThat(Seen.by("counts")).containsExactly("b1");
    assertThat(job.isAcknowledgedByAll(1)).isFalse();
    job.settle();
    assertThat(job.isAcknowledgedByAll(1)).isTrue();
  }

  @Test
  void theEndOfAChannelCompletesTheAlignment() {
    SteppedJob job = SteppedJob.of(this::twoInputs);
    job.settle();
    right.end(0);
    job.settle(job.task("right"));
    job.trigger(1);
    left.give(0, "b");
    job.settle();
    assertThat(job.ended("acknowledged"))
        .containsExactly("1 Source: left (1/1)", "1 count -> Process (1/1)");
    assertThat(Seen.by("counts")).containsExactly("b1");
  }

  @Test
  void anAbortUnblocksAndIsPassedOn() {
    SteppedJob job = SteppedJob.of(this::twoInputs);
    job.settle();
    job.trigger(1);
    left.give(0, "b");
    job.settle(job.task("left"), job.task("count"));
    assertThat(Seen.by("counts")).isEmpty();
    job.task("count").mailbox().checkpointAborted(1);
    job.settle(job.task("left"), job.task("count"));
    assertThat(Seen.by("counts")).containsExactly("b1");
    job.settle();
    assertThat(job.isAcknowledgedByAll(1)).isFalse();
    assertThat(job.told).noneMatch(each -> each.startsWith("declined"));

    job.trigger(2);
    job.settle();
    assertThat(job.isAcknowledgedByAll(2)).isTrue();
  }

  @Test
  void aNewerBarrierOvertakesAnAlignmentAndTheCoordinatorIsTold() {
    SteppedJob job = SteppedJob.of(this::twoInputs);
    job.settle();
    job.trigger(1);
    job.settle(job.task("left"), job.task("count"));
    // the barrier of 1 is lost on the right: its source was told of the abort first
    job.task("right").mailbox().checkpointAborted(1);
    job.settle(job.task("right"));
    job.trigger(2);
    job.settle();
    assertThat(job.isAcknowledgedByAll(2)).isTrue();
  }

  @Test
  void aBackPressuredTaskTakesItsSnapshotAtOnce() {
    SteppedJob job = SteppedJob.of(this::twoInputs);
    job.settle();
    for (int i = 0; i < 50_000; i++) {
      left.give(0, "x");
    }
    job.settle(job.task("left"));
    assertThat(job.task("left").isBackPressured()).isTrue();
    job.trigger(1);
    job.task("left").step();
    assertThat(job.ended("acknowledged")).containsExactly("1 Source: left (1/1)");
    assertThat(job.task("left").isBackPressured()).isTrue();
    job.settle();
    assertThat(job.isAcknowledgedByAll(1)).isTrue();
    assertThat(Seen.by("counts")).hasSize(50_000);

    SteppedJob restored = SteppedJob.restored(job, 1, this::twoInputs);
    restored.settle();
    assertThat(Seen.by("counts"))
        .as("no record is in both the state and the replay, none in neither")
        .last()
        .isEqualTo("x50000");
  }

  @Test
  void aTaskThatDoesNotRunYetDeclines() {
    SteppedJob job = SteppedJob.of(this::twoInputs);
    job.trigger(1);
    job.settle();
    assertThat(job.told)
        .contains(
            "declined 1 Source: left (1/1) NOT_READY", "declined 1 Source: right (1/1) NOT_READY");
    job.trigger(2);
    job.settle();
    assertThat(job.isAcknowledgedByAll(2)).isTrue();
  }

  @Test
  void aSnapshotThatCannotBeWrittenIsDeclinedAndTheTaskGoesOn() {
    for (boolean withError : new boolean[] {false, true}) {
      SteppedJob job = SteppedJob.of(this::twoInputs);
      left.give(0, "a");
      job.settle();
      job.failWrites(
          () -> {
            if (withError) {
              throw new NoClassDefFoundError("io/weir/Missing");
            }
            throw new java.io.IOException("disk full");
          });
      job.trigger(1);
      job.settle();
      assertThat(job.ended("declined"))
          .contains("1 Source: left (1/1) ASYNC_FAILED", "1 count -> Process (1/1) ASYNC_FAILED");
      assertThat(job.states()).containsOnly(TaskState.RUNNING);
      job.failWrites(() -> {});
      left.give(0, "z");
      job.trigger(2);
      job.settle();
      assertThat(job.isAcknowledgedByAll(2)).isTrue();
      assertThat(Seen.by("counts")).contains("z1");
    }
  }

  @Test
  void anAbortStopsTheWritingOfASnapshot() {
    SteppedJob job = SteppedJob.of(this::twoInputs).withAsyncByHand();
    left.give(0, "a");
    job.settle();
    job.trigger(1);
    job.settle();
    job.tasks().forEach(task -> task.mailbox().checkpointAborted(1));
    job.settle();
    job.runAsync();
    job.settle();
    assertThat(job.ended("acknowledged")).isEmpty();
    assertThat(job.states()).containsOnly(TaskState.RUNNING);
  }

  @Test
  void manyCheckpointsMayBeOnTheirWay() {
    SteppedJob job = SteppedJob.of(this::twoInputs).withAsyncByHand();
    job.settle();
    for (int checkpoint = 1; checkpoint <= 5; checkpoint++) {
      job.trigger(checkpoint);
      left.give(0, "a");
    }
    job.settle();
    job.runAsync();
    for (int checkpoint = 1; checkpoint <= 5; checkpoint++) {
      assertThat(job.isAcknowledgedByAll(checkpoint)).as("checkpoint %d", checkpoint).isTrue();
    }
  }

  @Test
  void aBurstOfTimersWaitsForRoomAndFiresOnce() {
    SteppedJob job = SteppedJob.of(this::burst);
    Feed<String> feed = left;
    for (int i = 0; i < 20_000; i++) {
      feed.giveAt(0, "k" + i, 1);
    }
    job.settle();
    feed.giveAt(0, "late", 100);
    Task timers = job.task("timers");
    job.settle(job.task("left"), timers);
    job.clock.advance(200);
    job.settle(job.task("left"));
    // the burst fills the outputs, since the task behind is not stepped
    job.settle(timers);
    assertThat(timers.isBackPressured()).isTrue();
    job.trigger(1);
    job.settle();
    assertThat(job.isAcknowledgedByAll(1)).isTrue();
    assertThat(Seen.by("fired")).hasSize(20_001).doesNotHaveDuplicates();
  }

  private void burst(StreamExecutionEnvironment env) {
    env.fromSource(left, WatermarkStrategy.forMonotonousTimestamps(), "left", Types.STRING)
        .keyBy(value -> value, Types.STRING)
        .process(new OneTimer())
        .returns(Types.STRING)
        .name("timers")
        .uid("timers")
        .rebalance()
        .process(new Seen<String>("fired"))
        .returns(Types.STRING)
        .name("fired");
  }

  private static final class OneTimer extends KeyedProcessFunction<String, String, String> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(String value, Context context, Collector<String> out) {
      context.timerService().registerEventTimeTimer(50);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<String> out) {
      out.collect(context.getCurrentKey());
    }
  }

  @Test
  void checkpointsGoOnAfterSomeTasksHaveFinished() {
    SteppedJob job = SteppedJob.of(this::twoInputs);
    right.end(0);
    left.give(0, "a");
    job.settle();
    assertThat(job.ended("finished")).containsExactly("Source: right (1/1)");
    job.trigger(1);
    left.give(0, "a");
    job.settle();
    assertThat(job.ended("acknowledged")).hasSize(2);

    SteppedJob restored = SteppedJob.restored(job, 1, this::twoInputs);
    restored.settle();
    assertThat(Seen.by("counts")).containsExactly("a2");
  }
}
