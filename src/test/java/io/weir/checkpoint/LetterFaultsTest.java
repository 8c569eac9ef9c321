package io.weir.checkpoint;

import static io.weir.checkpoint.FailureReason.CHECKPOINT_DECLINED;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every letter between coordinator, tasks and storage may be lost, come twice, or come after a
 * restart. Each script below ends in such a fault, with checkpoint 1 triggered at 1 s under a
 * timeout of 10 s; whatever happened, a later checkpoint must complete.
 */
class LetterFaultsTest {
  private static final String ALL = "s0,s1,m0,m1,k0";
  private static final String[] ALL_TASKS = {"s0", "s1", "m0", "m1", "k0"};
  private static final CheckpointSettings SETTINGS =
      CheckpointSettings.every(1_000)
          .withTimeoutMillis(10_000)
          .withTolerableFailures(CheckpointSettings.UNLIMITED_FAILURES);

  private final List<DynamicTest> tests = new ArrayList<>();

  @TestFactory
  List<DynamicTest> whateverHappensToALetterTheNextCheckpointCompletes() {
    law(
        "trigger lost",
        1,
        c ->
            c.ack(1, "s0", "m0")
                .forget()
                .tick(11_000)
                .does("abort 1 CHECKPOINT_EXPIRED " + ALL, "trigger 2"));
    law("trigger twice", 1, c -> c.ack(1, "s0", "s0").does("keep 1 s0"));
    law("trigger after restart", 2, c -> restart(c).ackOf(1, 1, "s0").does("discard 1 s0"));

    law(
        "ack lost",
        1,
        c ->
            c.ack(1, "s0", "s1", "m0", "m1")
                .forget()
                .tick(11_000)
                .does("abort 1 CHECKPOINT_EXPIRED " + ALL, "trigger 2"));
    law("ack twice", 1, c -> c.ack(1, "k0", "k0").does("keep 1 k0"));
    law(
        "ack after restart",
        2,
        c ->
            restart(c)
                .ackOf(1, 1, ALL_TASKS)
                .does(
                    "discard 1 s0",
                    "discard 1 s1",
                    "discard 1 m0",
                    "discard 1 m1",
                    "discard 1 k0"));

    law(
        "decline lost",
        1,
        c -> c.tick(11_000).does("abort 1 CHECKPOINT_EXPIRED " + ALL, "trigger 2"));
    law(
        "decline twice",
        1,
        c ->
            c.decline(1, "m0", CHECKPOINT_DECLINED)
                .decline(1, "m0", CHECKPOINT_DECLINED)
                .does("abort 1 CHECKPOINT_DECLINED " + ALL));
    law(
        "decline after restart",
        2,
        c -> restart(c).decline(1, "m0", CHECKPOINT_DECLINED).doesNothing());

    law(
        "task finished lost",
        1,
        c -> c.tick(11_000).does("abort 1 CHECKPOINT_EXPIRED " + ALL, "trigger 2"));
    law("task finished twice", 1, c -> c.ack(1, "s0").forget().finished("s0", "s0").doesNothing());
    law(
        "task finished after restart",
        2,
        c -> restart(c).finished("s0").tick(5_000).does("trigger 2").awaits(ALL_TASKS));

    law("task failed lost", 2, c -> restart(c).doesNothing());
    law("task failed twice", 1, c -> failed(failed(c)).does("abort 1 TASK_FAILURE " + ALL));
    law(
        "task failed after restart",
        2,
        c -> failed(restart(c).tick(5_000).does("trigger 2")).doesNothing());

    law(
        "stored late because its outcome had to be looked up",
        1,
        c ->
            c.ackAll(1)
                .forget()
                .tick(60_000)
                .doesNothing()
                .stored(1)
                .does("complete 1 " + ALL, "trigger 2"));
    law("stored twice", 1, c -> c.ackAll(1).forget().stored(1).stored(1).does("complete 1 " + ALL));
    law(
        "stored during a restart",
        2,
        c -> c.ackAll(1).restarting().forget().stored(1).does("complete 1").tasksRunning(2));

    law(
        "store failure late",
        1,
        c ->
            c.ackAll(1)
                .forget()
                .tick(60_000)
                .doesNothing()
                .storeFailed(1)
                .does("abort 1 FINALIZE_CHECKPOINT_FAILURE " + ALL, "trigger 2"));
    law(
        "store failure twice",
        1,
        c ->
            c.ackAll(1)
                .forget()
                .storeFailed(1)
                .storeFailed(1)
                .does("abort 1 FINALIZE_CHECKPOINT_FAILURE " + ALL));
    law(
        "store failure during a restart",
        2,
        c ->
            c.ackAll(1)
                .restarting()
                .forget()
                .storeFailed(1)
                .does("abort 1 FINALIZE_CHECKPOINT_FAILURE")
                .tasksRunning(2));

    law(
        "abort notification lost",
        1,
        c ->
            c.decline(1, "m0", CHECKPOINT_DECLINED)
                .forget()
                .ack(1, "s0", "k0")
                .does("discard 1 s0", "discard 1 k0"));
    law(
        "abort notification twice",
        1,
        c ->
            c.decline(1, "m0", CHECKPOINT_DECLINED)
                .forget()
                .ack(1, "s0", "s0")
                .does("discard 1 s0", "discard 1 s0"));
    law(
        "abort notification after restart",
        2,
        c ->
            restart(c.decline(1, "m0", CHECKPOINT_DECLINED))
                .ackOf(1, 1, "s0")
                .does("discard 1 s0"));
    return tests;
  }

  private void law(String name, long attempt, Consumer<Coordinator> script) {
    tests.add(
        dynamicTest(
            name,
            () -> {
              Coordinator coordinator = Coordinator.running(SETTINGS).tick(1_000).does("trigger 1");
              script.accept(coordinator);
              coordinator.tick(200_000).tick(300_000);
              long next = coordinator.state().nextCheckpointId() - 1;
              coordinator.forget().ackOf(attempt, next, ALL_TASKS).forget().stored(next);
              coordinator.does("complete " + next + " " + coordinator.participants());
            }));
  }

  private static Coordinator restart(Coordinator coordinator) {
    return coordinator.restarting().tasksRunning(2).forget();
  }

  private static Coordinator failed(Coordinator coordinator) {
    return coordinator.feed(
        new CheckpointEvent.TaskFailed(1, Coordinator.task("m0"), "divided by zero"));
  }
}
