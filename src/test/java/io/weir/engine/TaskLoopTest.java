package io.weir.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.api.environment.StreamExecutionEnvironment;
import io.weir.api.eventtime.WatermarkStrategy;
import io.weir.api.types.Types;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One thread drives two tasks. */
class TaskLoopTest {
  private static final int PATIENCE_SECONDS = 30;
  private static final long SOURCE_MILLIS = 7;
  private static final long SLOW_MILLIS = 10;

  private static ManualClock clock;

  private final Feed<String> feed = new Feed<>("loop");
  private final SteppedJob job = SteppedJob.of(this::twoVertices);

  @BeforeEach
  void start() {
    clock = job.clock;
    job.settle();
  }

  private void twoVertices(StreamExecutionEnvironment env) {
    env.fromSource(feed, WatermarkStrategy.noWatermarks(), "feed", Types.STRING)
        .map(text -> taking(SOURCE_MILLIS, text))
        .returns(Types.STRING)
        .map(text -> taking(SLOW_MILLIS, text + "!"))
        .returns(Types.STRING)
        .name("slow")
        .startNewChain()
        .process(new Seen<String>("loop"))
        .returns(Types.STRING);
  }

  private static String taking(long millis, String text) {
    clock.advance(millis);
    return text;
  }

  private TaskLoop loop() {
    return new TaskLoop(job.tasks(), job.clock);
  }

  private Thread parked() {
    Thread thread = new Thread(loop());
    thread.start();
    until(() -> thread.getState() == Thread.State.TIMED_WAITING);
    return thread;
  }

  private static void until(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("it did not come to that").isLessThan(deadline);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }

  @Test
  void theTasksAreSteppedUntilAllHaveEnded() {
    feed.give(0, "a", "b", "c");
    feed.end(0);

    loop().run();

    assertThat(Seen.by("loop")).containsExactly("a!", "b!", "c!");
    assertThat(job.states()).containsOnly(TaskState.FINISHED);
  }

  @Test
  void whileOneTaskWorksTheOtherWaits() {
    feed.give(0, "a", "b", "c");
    feed.end(0);

    loop().run();

    TaskLoad source = job.task("feed").load();
    assertThat(source.busyMillis()).isEqualTo(3 * SOURCE_MILLIS);
    assertThat(source.idleMillis())
        .as("before it came to the end of its input")
        .isEqualTo(3 * SLOW_MILLIS);
    TaskLoad slow = job.task("slow").load();
    assertThat(slow.busyMillis()).isEqualTo(3 * SLOW_MILLIS);
    assertThat(slow.idleMillis()).isEqualTo(3 * SOURCE_MILLIS);
    assertThat(slow.backPressuredMillis()).isZero();
  }

  @Test
  void theSignalOfEitherTaskEndsThePause() throws Exception {
    Thread thread = parked();

    for (Task task : List.of(job.task("slow"), job.task("feed"))) {
      task.mailbox().cancel();
      until(() -> task.state() == TaskState.CANCELED);
    }
    thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));

    assertThat(thread.isAlive()).isFalse();
  }

  @Test
  void anInterruptDuringThePauseCancelsAll() throws Exception {
    Thread thread = parked();

    thread.interrupt();
    thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));

    assertThat(job.states()).containsOnly(TaskState.CANCELED);
  }
}
