package io.weir.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.api.environment.StreamExecutionEnvironment;
import io.weir.api.eventtime.WatermarkStrategy;
import io.weir.api.functions.KeySelector;
import io.weir.api.functions.KeyedProcessFunction;
import io.weir.api.functions.OpenContext;
import io.weir.api.functions.RichMapFunction;
import io.weir.api.types.Collector;
import io.weir.api.types.Types;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What a failure says: which operator, which subtask, which record. */
class TaskFailureTest {
  private final Feed<Long> feed = new Feed<>("failing");

  /** Throws where it is told to. */
  private static final class Throwing extends RichMapFunction<Long, Long> {
    private static final long serialVersionUID = 1L;

    private final long atRecord;
    private final boolean inOpen;
    private final boolean inClose;

    Throwing(long atRecord, boolean inOpen, boolean inClose) {
      this.atRecord = atRecord;
      this.inOpen = inOpen;
      this.inClose = inClose;
    }

    @Override
    public void open(OpenContext context) {
      if (inOpen) {
        throw new IllegalStateException("no driver");
      }
    }

    @Override
    public Long map(Long value) {
      if (value == atRecord) {
        throw new IllegalArgumentException("bad record " + value);
      }
      return value;
    }

    @Override
    public void close() {
      if (inClose) {
        throw new IllegalStateException("cannot close");
      }
    }
  }

  private Consumer<StreamExecutionEnvironment> job(boolean chained, Throwing function) {
    return env -> {
      var map =
          env.fromSource(feed, WatermarkStrategy.noWatermarks(), "feed", Types.LONG)
              .setParallelism(2)
              .map(function)
              .returns(Types.LONG)
              .name("parse")
              .setParallelism(2);
      if (!chained) {
        map.disableChaining();
      }
    };
  }

  private void give(int subtask, long from, long to) {
    for (long value = from; value <= to; value++) {
      feed.give(subtask, value);
    }
  }

  private Throwable failureOf(SteppedJob job) {
    job.settle();
    assertThat(job.failures).hasSize(1);
    return job.failures.get(0);
  }

  @Test
  void namesTheOperatorTheSubtaskAndTheRecord() {
    SteppedJob job = SteppedJob.of(job(false, new Throwing(700, false, false)));
    give(1, 1, 1_000);
    Throwable failure = failureOf(job);
    assertThat(failure)
        .hasMessageContaining("'parse (2/2)'")
        .hasMessageContaining("operator 'parse'")
        .hasMessageContaining("record 700 of this task's input")
        .hasMessageContaining("from 'Source: feed (2/2)'")
        .hasMessageContaining("bad record 700")
        .hasRootCauseInstanceOf(IllegalArgumentException.class);
    assertThat(job.task("parse (2/2)").state()).isEqualTo(TaskState.FAILED);
    assertThat(job.task("parse (1/2)").state()).isEqualTo(TaskState.RUNNING);
  }

  @Test
  void namesTheRecordOfASourceWhoseChainFails() {
    SteppedJob job = SteppedJob.of(job(true, new Throwing(700, false, false)));
    give(1, 1, 1_000);
    assertThat(failureOf(job))
        .hasMessageContaining("'Source: feed -> parse (2/2)'")
        .hasMessageContaining("operator 'parse'")
        .hasMessageContaining("record 700 of its source");
  }

  @Test
  void namesTheOperatorThatCannotOpen() {
    SteppedJob job = SteppedJob.of(job(true, new Throwing(-1, true, false)));
    job.settle();
    assertThat(job.failures).hasSize(2);
    assertThat(job.failures.get(0))
        .hasMessageContaining("operator 'parse'")
        .hasMessageContaining("opened its operators")
        .hasMessageContaining("no driver");
  }

  @Test
  void aFailureWhileClosingIsAFailureUnlessThereIsAnother() {
    SteppedJob job = SteppedJob.of(job(false, new Throwing(-1, false, true)));
    feed.end(0);
    feed.end(1);
    job.settle();
    assertThat(job.failures).hasSize(2);
    assertThat(job.failures.get(0))
        .hasMessageContaining("operator 'parse'")
        .hasMessageContaining("cannot close");

    Feed<Long> anew = new Feed<>("failing");
    SteppedJob both = SteppedJob.of(job(false, new Throwing(1, false, true)));
    anew.give(0, 1L);
    both.settle();
    assertThat(both.failures.get(0)).hasMessageContaining("bad record 1");
    assertThat(both.failures.get(0).getSuppressed()).hasSize(1);
  }

  @Test
  void anErrorIsAFailureToo() {
    SteppedJob job =
        SteppedJob.of(
            env ->
                env.fromSource(feed, WatermarkStrategy.noWatermarks(), "feed", Types.LONG)
                    .map(TaskFailureTest::overflow)
                    .returns(Types.LONG)
                    .name("deep"));
    give(0, 1, 1);
    assertThat(failureOf(job)).hasMessageContaining("deep").hasCauseInstanceOf(Error.class);
    assertThat(job.states()).containsOnly(TaskState.FAILED);
  }

  private static Long overflow(Long value) {
    throw new StackOverflowError("too deep for " + value);
  }

  @Test
  void aFailingTimerNamesItsOperator() {
    for (boolean eventTime : new boolean[] {true, false}) {
      SteppedJob job =
          SteppedJob.of(
              env ->
                  env.fromSource(
                          feed, WatermarkStrategy.forMonotonousTimestamps(), "feed", Types.LONG)
                      .keyBy(value -> value, Types.LONG)
                      .process(new FailingTimer(eventTime))
                      .returns(Types.LONG)
                      .name("timer")
                      .uid("timer"));
      feed.giveAt(0, 1L, 5);
      job.settle();
      feed.giveAt(0, 2L, 5_000);
      job.settle();
      job.clock.advance(1_000);
      job.settle();
      job.clock.advance(1_000);
      assertThat(failureOf(job))
          .hasMessageContaining("operator 'timer'")
          .hasMessageContaining("timer 10 fails");
      assertThat(job.task("timer").state()).isEqualTo(TaskState.FAILED);
    }
  }

  private static final class FailingTimer extends KeyedProcessFunction<Long, Long, Long> {
    private static final long serialVersionUID = 1L;
    private final boolean eventTime;

    FailingTimer(boolean eventTime) {
      this.eventTime = eventTime;
    }

    @Override
    public void processElement(Long value, Context context, Collector<Long> out) {
      if (eventTime) {
        context.timerService().registerEventTimeTimer(10);
      } else {
        context.timerService().registerProcessingTimeTimer(10);
      }
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Long> out) {
      throw new IllegalStateException("timer " + timestamp + " fails");
    }
  }

  @Test
  void aKeyThatIsNullNamesTheOperatorAndTheRecord() {
    SteppedJob job =
        SteppedJob.of(
            env ->
                env.fromSource(feed, WatermarkStrategy.noWatermarks(), "feed", Types.LONG)
                    .keyBy(value -> value == 3 ? null : value, Types.LONG)
                    .map(value -> value)
                    .returns(Types.LONG));
    give(0, 1, 5);
    assertThat(failureOf(job))
        .hasMessageContaining("operator 'Source: feed'")
        .hasMessageContaining("record 3")
        .hasMessageContaining("keys must not be null");
  }

  /** Keys are asked for ahead of the records' turn; a failure must not come ahead of it. */
  @Test
  void aKeySelectorThatFailsLaterNamesItsRecord() {
    FailsWhenAskedAgain.asked.set(0);
    SteppedJob job =
        SteppedJob.of(
            env ->
                env.fromSource(feed, WatermarkStrategy.noWatermarks(), "feed", Types.LONG)
                    .setParallelism(1)
                    .keyBy(new FailsWhenAskedAgain(), Types.LONG)
                    .map(value -> value)
                    .returns(Types.LONG)
                    .name("map")
                    .setParallelism(1));
    give(0, 1, 10);
    assertThat(failureOf(job))
        .hasMessageContaining("operator 'map'")
        .hasMessageContaining("record 7 of this task's input")
        .hasMessageContaining("no key for 7");
  }

  /** Gives a key when the record is sent, and none afterwards. */
  private static final class FailsWhenAskedAgain implements KeySelector<Long, Long> {
    private static final long serialVersionUID = 1L;
    private static final AtomicInteger asked = new AtomicInteger();

    @Override
    public Long getKey(Long value) {
      if (value == 7 && asked.getAndIncrement() > 0) {
        throw new IllegalStateException("no key for " + value);
      }
      return value;
    }
  }
}
