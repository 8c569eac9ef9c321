package io.weir.engine;

import static io.weir.snapshot.CheckpointType.CHECKPOINT;
import static io.weir.snapshot.CheckpointType.LAST_CHECKPOINT;
import static io.weir.snapshot.CheckpointType.SUSPEND_SAVEPOINT;
import static io.weir.snapshot.CheckpointType.TERMINATE_SAVEPOINT;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.api.environment.StreamExecutionEnvironment;
import io.weir.api.eventtime.WatermarkStrategy;
import io.weir.api.functions.KeyedProcessFunction;
import io.weir.api.types.Collector;
import io.weir.api.types.Types;
import io.weir.snapshot.CheckpointType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How tasks end behind a checkpoint with which their job stops, and go on if it fails. */
class TaskStopTest {
  private final Feed<String> feed = new Feed<>("stop");
  private final Feed<String> other = new Feed<>("stop-other");
  private final Ledger ledger = new Ledger("stop");

  /** Two sources → one timer of each kind for each record → sink with two phases. */
  private void job(StreamExecutionEnvironment env) {
    env.fromSource(feed, WatermarkStrategy.noWatermarks(), "feed", Types.STRING)
        .union(env.fromSource(other, WatermarkStrategy.noWatermarks(), "other", Types.STRING))
        .keyBy(value -> value, Types.STRING)
        .process(new Timers())
        .returns(Types.STRING)
        .name("timers")
        .uid("timers")
        .rebalance()
        .sinkTo(ledger)
        .name("ledger")
        .uid("ledger");
  }

  private static final class Timers extends KeyedProcessFunction<String, String, String> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(String value, Context context, Collector<String> out) {
      out.collect(value);
      context.timerService().registerEventTimeTimer(Long.MAX_VALUE - 1);
      context.timerService().registerProcessingTimeTimer(100);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<String> out) {
      out.collect(context.getCurrentKey() + (timestamp == 100 ? " after 100" : " at the end"));
    }
  }

  private SteppedJob running(String... records) {
    SteppedJob job = SteppedJob.of(this::job);
    feed.give(0, records);
    job.settle();
    return job;
  }

  @ParameterizedTest
  @EnumSource(names = {"LAST_CHECKPOINT", "SUSPEND_SAVEPOINT"})
  void nothingIsProcessedBehindASuspendingOne_andItsCompletionCommitsAndEndsTheTasks(
      CheckpointType type) {
    SteppedJob job = running("a");

    job.trigger(1, type);
    feed.give(0, "b");
    job.settle();
    feed.give(0, "c");
    other.give(0, "d");
    job.clock.advance(1_000);
    job.settle();
    assertThat(job.isAcknowledgedByAll(1)).isTrue();
    assertThat(ledger.committed()).isEmpty();
    assertThat(job.states()).containsOnly(TaskState.RUNNING);
    assertThat(job.task("timers").nextTimerMillis())
        .as("a timer that is due does not keep the thread busy")
        .isEqualTo(Long.MAX_VALUE);

    job.complete(1);
    job.settle();
    assertThat(job.states()).containsOnly(TaskState.FINISHED);
    assertThat(ledger.committed()).containsExactly("a");

    ledger.committed().clear();
    SteppedJob restored = SteppedJob.restored(job, 1, this::job);
    restored.settle();
    restored.clock.advance(1_000);
    restored.settle();
    restored.trigger(2, CHECKPOINT);
    restored.settle();
    restored.complete(2);
    restored.settle();
    assertThat(ledger.committed())
        .as("what was prepared is committed again, nothing is missing and nothing is replayed")
        .containsExactlyInAnyOrder(
            "a", "a after 100", "b", "b after 100", "c", "c after 100", "d", "d after 100");
  }

  @Test
  void whenASuspendingOneIsGivenUp_thenTheTasksGoOnAsIfNothingHadBeen() {
    SteppedJob job = running("a");
    job.trigger(1, SUSPEND_SAVEPOINT);
    job.settle();
    feed.give(0, "b");
    job.settle();

    job.abort(1);
    job.settle();
    job.clock.advance(1_000);
    job.settle();
    job.trigger(2, LAST_CHECKPOINT);
    job.settle();
    assertThat(ledger.committed()).isEmpty();
    assertThat(job.states()).containsOnly(TaskState.RUNNING);
    job.complete(2);
    job.settle();
    assertThat(ledger.committed())
        .containsExactlyInAnyOrder("a", "b", "a after 100", "b after 100");
    assertThat(job.states()).containsOnly(TaskState.FINISHED);
  }

  @Test
  void whenItIsGivenUpWhileOneTaskAligns_thenAllGoOn() {
    SteppedJob job = running();
    job.trigger(1, SUSPEND_SAVEPOINT);
    job.settle(job.task("feed"), job.task("timers"));
    job.abort(1);
    feed.give(0, "a");
    other.give(0, "b");
    job.settle();

    job.trigger(2);
    job.settle();
    job.complete(2);
    job.settle();
    assertThat(job.isAcknowledgedByAll(1)).isFalse();
    assertThat(ledger.committed()).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void aDrainingOneFiresAllTimersOfEventTimeAndFinishesAllOperatorsBeforeTheSnapshot() {
    SteppedJob job = running("a");

    job.trigger(1, TERMINATE_SAVEPOINT);
    feed.give(0, "b");
    job.settle();
    assertThat(job.isAcknowledgedByAll(1)).isTrue();
    assertThat(ledger.committed()).isEmpty();
    assertThat(job.states()).containsOnly(TaskState.RUNNING);

    job.complete(1);
    job.settle();
    assertThat(ledger.committed()).containsExactly("a", "a at the end");
    assertThat(job.states()).containsOnly(TaskState.FINISHED);

    ledger.committed().clear();
    SteppedJob restored = SteppedJob.restored(job, 1, this::job);
    restored.settle();
    feed.end(0);
    other.end(0);
    restored.settle();
    restored.trigger(2, CHECKPOINT);
    restored.settle();
    restored.complete(2);
    restored.settle();
    assertThat(ledger.committed())
        .as("the timer of a has fired for good")
        .containsExactly("a", "a at the end", "b", "b at the end");
  }

  @Test
  void aBurstOfLastTimersIsPartOfADrainingOneHoweverLittleRoomThereIs() {
    SteppedJob job = SteppedJob.of(this::job);
    job.settle();
    for (int i = 0; i < 20_000; i++) {
      feed.give(0, "k" + i);
    }
    job.settle(job.task("feed"));
    job.trigger(1, TERMINATE_SAVEPOINT);
    job.settle(job.task("feed"), job.task("other"), job.task("timers"));
    assertThat(job.task("timers").isBackPressured()).isTrue();
    job.settle();
    job.complete(1);
    job.settle();
    long processed = ledger.committed().stream().filter(each -> !each.contains(" ")).count();
    assertThat(processed).isPositive();
    assertThat(ledger.committed()).as("a timer for each record").hasSize((int) (2 * processed));
    assertThat(job.states()).containsOnly(TaskState.FINISHED);
  }

  @Test
  void tasksThatHaveDrainedStayWhereTheyAreUntilTheyAreCancelled() {
    SteppedJob job = running("a");
    job.trigger(1, TERMINATE_SAVEPOINT);
    job.settle();
    job.abort(1);
    feed.give(0, "b");
    job.settle();
    assertThat(job.states()).containsOnly(TaskState.RUNNING);
    job.tasks().forEach(task -> task.mailbox().cancel());
    job.settle();
    assertThat(job.states()).containsOnly(TaskState.CANCELED);
    assertThat(ledger.committed()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"SUSPEND_SAVEPOINT", "TERMINATE_SAVEPOINT"})
  void aTaskThatWaitsForItsLastCheckpointEndsWithIt(CheckpointType type) {
    SteppedJob job = running("a");
    feed.end(0);
    other.end(0);
    job.settle();
    assertThat(job.task("ledger").state()).isEqualTo(TaskState.RUNNING);

    job.trigger(1, type);
    job.settle();
    assertThat(ledger.committed()).isEmpty();
    job.complete(1);
    job.settle();
    assertThat(ledger.committed()).containsExactly("a", "a at the end");
    assertThat(job.states()).containsOnly(TaskState.FINISHED);
  }

  @Test
  void aSavepointBehindWhichTheJobGoesOnStopsNothing() {
    SteppedJob job = running("a");
    job.trigger(1, CheckpointType.SAVEPOINT);
    job.settle();
    feed.give(0, "b");
    job.settle();
    job.trigger(2);
    job.settle();
    job.complete(2);
    job.settle();
    assertThat(ledger.committed()).containsExactly("a", "b");
    assertThat(job.states()).containsOnly(TaskState.RUNNING);
  }
}
