package io.weir.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.api.environment.StreamExecutionEnvironment;
import io.weir.api.eventtime.WatermarkStrategy;
import io.weir.api.functions.KeyedProcessFunction;
import io.weir.api.types.Collector;
import io.weir.api.types.Types;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** How tasks begin, work and end. */
class TaskLifeTest {
  private final Feed<String> feed = new Feed<>("life");
  private final Feed<String> other = new Feed<>("life-other");
  private final Ledger ledger = new Ledger("life");

  /** source → upper case, in two vertices. */
  private void twoVertices(StreamExecutionEnvironment env) {
    env.fromSource(feed, WatermarkStrategy.noWatermarks(), "feed", Types.STRING)
        .map(String::toUpperCase)
        .returns(Types.STRING)
        .name("upper")
        .startNewChain()
        .process(new Seen<String>("life"))
        .returns(Types.STRING)
        .name("seen");
  }

  @Test
  void aTaskRestoresInItsFirstStepsAndSaysWhenItRuns() {
    SteppedJob job = SteppedJob.of(this::twoVertices);
    assertThat(job.states()).containsOnly(TaskState.CREATED);
    job.task("upper").step();
    assertThat(job.task("upper").state()).isEqualTo(TaskState.INITIALIZING);
    assertThat(job.told).isEmpty();
    job.task("upper").step();
    assertThat(job.told).containsExactly("running upper -> seen (1/1)");
  }

  @Test
  void recordsFlowAsSoonAsTheyAreThere() {
    SteppedJob job = SteppedJob.of(this::twoVertices);
    job.settle();
    feed.give(0, "a");
    job.settle();
    assertThat(Seen.by("life")).containsExactly("A");
    feed.give(0, "b", "c");
    job.settle();
    assertThat(Seen.by("life")).containsExactly("A", "B", "C");
  }

  @Test
  void aRecordThatArrivesWhileTheReaderIsAskedIsNotForgotten() {
    feed.hesitating();
    SteppedJob job = SteppedJob.of(this::twoVertices);
    job.settle();
    feed.give(0, "a");
    job.settle();
    assertThat(Seen.by("life")).containsExactly("A");
  }

  @Test
  void splitsThatComeBeforeTheReaderIsOpenAreReadWhenItIs() {
    feed.eager();
    feed.give(0, "a");
    SteppedJob job = SteppedJob.of(this::twoVertices);
    job.settle();
    assertThat(job.failures).isEmpty();
    assertThat(Seen.by("life")).containsExactly("A");
  }

  @Test
  void whatIsInTheMailboxComesBeforeData() {
    SteppedJob job = SteppedJob.of(this::twoVertices);
    job.settle();
    feed.give(0, "before");
    job.settle();
    feed.give(0, "behind");
    job.trigger(1);
    job.settle();
    assertThat(Seen.by("life")).containsExactly("BEFORE", "BEHIND");
    SteppedJob restored = SteppedJob.restored(job, 1, this::twoVertices);
    restored.settle();
    assertThat(Seen.by("life"))
        .as("the barrier overtook what had not been polled")
        .containsExactly("BEHIND");
  }

  @Test
  void tasksFinishOneBehindTheOtherOnceTheirInputHasEnded() {
    SteppedJob job = SteppedJob.of(this::twoVertices);
    feed.give(0, "a");
    job.settle();
    feed.end(0);
    job.settle();
    assertThat(Seen.by("life")).containsExactly("A");
    assertThat(job.ended("finished")).containsExactly("Source: feed (1/1)", "upper -> seen (1/1)");
    assertThat(job.states()).containsOnly(TaskState.FINISHED);
    assertThat(job.tasks()).noneMatch(Task::step);
  }

  @Test
  void aTaskFinishesOnlyWhenAllItsInputsHaveEnded() {
    SteppedJob job =
        SteppedJob.of(
            env ->
                env.fromSource(feed, WatermarkStrategy.noWatermarks(), "one", Types.STRING)
                    .union(
                        env.fromSource(
                            other, WatermarkStrategy.noWatermarks(), "two", Types.STRING))
                    .process(new Seen<String>("life"))
                    .returns(Types.STRING)
                    .name("seen"));
    feed.end(0);
    job.settle();
    other.give(0, "late");
    job.settle();
    assertThat(job.task("seen").state()).isEqualTo(TaskState.RUNNING);
    assertThat(Seen.by("life")).containsExactly("late");
    other.end(0);
    job.settle();
    assertThat(job.states()).containsOnly(TaskState.FINISHED);
  }

  @Test
  void theLastWatermarkFiresAllTimersBeforeTheEnd() {
    SteppedJob job =
        SteppedJob.of(
            env ->
                env.fromSource(feed, WatermarkStrategy.noWatermarks(), "feed", Types.STRING)
                    .keyBy(value -> value, Types.STRING)
                    .process(new AtTheEnd())
                    .returns(Types.STRING)
                    .name("timer")
                    .uid("timer")
                    .process(new Seen<String>("life"))
                    .returns(Types.STRING));
    // more timers than fit the outputs at once
    for (int i = 0; i < 10_000; i++) {
      feed.give(0, "key-" + i);
    }
    feed.end(0);
    job.settle();
    assertThat(Seen.by("life")).hasSize(10_000).allMatch(each -> each.endsWith(" at the end"));
    assertThat(job.states()).containsOnly(TaskState.FINISHED);
  }

  private static final class AtTheEnd extends KeyedProcessFunction<String, String, String> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(String value, Context context, Collector<String> out) {
      context.timerService().registerEventTimeTimer(Long.MAX_VALUE - 1);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<String> out) {
      out.collect(context.getCurrentKey() + " at the end");
    }
  }

  /** source → sink with two phases, in two vertices. */
  private void intoLedger(StreamExecutionEnvironment env) {
    env.fromSource(feed, WatermarkStrategy.noWatermarks(), "feed", Types.STRING)
        .rebalance()
        .sinkTo(ledger)
        .name("ledger")
        .uid("ledger");
  }

  @Test
  void aSinkWithTwoPhasesCommitsWhenTheCheckpointIsComplete() {
    SteppedJob job = SteppedJob.of(this::intoLedger);
    feed.give(0, "a");
    job.settle();
    job.trigger(1);
    job.settle();
    assertThat(job.isAcknowledgedByAll(1)).isTrue();
    assertThat(ledger.committed()).isEmpty();
    job.complete(1);
    job.settle();
    assertThat(ledger.committed()).containsExactly("a");
  }

  @Test
  void aSinkWithTwoPhasesWaitsForOneMoreCheckpointBeforeItsTaskFinishes() {
    SteppedJob job = SteppedJob.of(this::intoLedger);
    feed.give(0, "a");
    feed.end(0);
    job.settle();
    assertThat(job.ended("finished")).containsExactly("Source: feed (1/1)");
    assertThat(job.task("ledger").state()).isEqualTo(TaskState.RUNNING);
    job.trigger(1);
    job.settle();
    assertThat(job.task("ledger").state()).isEqualTo(TaskState.RUNNING);
    assertThat(ledger.committed()).isEmpty();
    job.complete(1);
    job.settle();
    assertThat(ledger.committed()).containsExactly("a");
    assertThat(job.task("ledger").state()).isEqualTo(TaskState.FINISHED);
  }

  @Test
  void aTaskDoesNotFinishWhileItsSnapshotIsBeingWritten() {
    SteppedJob job = SteppedJob.of(this::twoVertices).withAsyncByHand();
    job.settle();
    job.trigger(1);
    job.settle();
    feed.end(0);
    job.settle();
    assertThat(job.ended("finished")).isEmpty();
    job.runAsync();
    job.settle();
    assertThat(job.isAcknowledgedByAll(1)).isTrue();
    assertThat(job.states()).containsOnly(TaskState.FINISHED);
  }

  @Test
  void aTaskCanBeCanceledInEveryState() {
    List<Consumer<SteppedJob>> untilThen =
        List.of(
            job -> {},
            job -> job.task("upper").step(),
            SteppedJob::settle,
            job -> {
              job.settle();
              job.withAsyncByHand().trigger(1);
              job.settle();
            },
            this::backPressure);
    for (Consumer<SteppedJob> preparation : untilThen) {
      SteppedJob job = SteppedJob.of(this::twoVertices);
      preparation.accept(job);
      job.tasks().forEach(task -> task.mailbox().cancel());
      job.settle();
      assertThat(job.states()).containsOnly(TaskState.CANCELED);
      assertThat(job.ended("canceled")).hasSize(2);
      assertThat(job.ended("finished")).isEmpty();
    }
  }

  private void backPressure(SteppedJob job) {
    job.settle();
    for (int i = 0; i < 100_000; i++) {
      feed.give(0, "x");
    }
    job.settle(job.task("Source"));
    assertThat(job.task("Source").isBackPressured()).isTrue();
  }

  @Test
  void aTaskThatHasEndedCannotBeCanceled() {
    SteppedJob job = SteppedJob.of(this::twoVertices);
    feed.end(0);
    job.settle();
    job.tasks().forEach(task -> task.mailbox().cancel());
    job.settle();
    assertThat(job.states()).containsOnly(TaskState.FINISHED);
    assertThat(job.ended("canceled")).isEmpty();
  }

  @Test
  void aBackPressuredTaskPollsNothingAndLosesNothing() {
    SteppedJob job = SteppedJob.of(this::twoVertices);
    backPressure(job);
    assertThat(job.task("Source").outputFillRatio()).isEqualTo(1.0);
    assertThat(job.task("Source").load().recordsIn()).isLessThan(10_000);
    job.settle();
    assertThat(Seen.by("life")).hasSize(100_000);
  }

  @Test
  void aTimerOfProcessingTimeWakesAnIdleTask() {
    SteppedJob job =
        SteppedJob.of(
            env ->
                env.fromSource(feed, WatermarkStrategy.noWatermarks(), "feed", Types.STRING)
                    .keyBy(value -> value, Types.STRING)
                    .process(new After100Millis())
                    .returns(Types.STRING)
                    .name("timer")
                    .uid("timer")
                    .process(new Seen<String>("life"))
                    .returns(Types.STRING));
    feed.give(0, "a");
    job.settle();
    assertThat(Seen.by("life")).isEmpty();
    long due = job.task("timer").nextTimerMillis();
    assertThat(due).isBetween(100L, 101L);
    job.clock.advance(due);
    job.settle();
    assertThat(Seen.by("life")).containsExactly("a after 100");
  }

  private static final class After100Millis extends KeyedProcessFunction<String, String, String> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(String value, Context context, Collector<String> out) {
      context
          .timerService()
          .registerProcessingTimeTimer(context.timerService().currentProcessingTime() + 100);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<String> out) {
      out.collect(context.getCurrentKey() + " after " + timestamp);
    }
  }
}
