package io.weir.checkpoint;

import static io.weir.checkpoint.Coordinator.task;
import static io.weir.checkpoint.Coordinator.tasks;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Some tasks start again ({@code s1 m1}, the failed region), the others run on. */
class RegionRestartTest {
  private static final CheckpointSettings EVERY_SECOND = CheckpointSettings.every(1_000);

  private static Coordinator regionRestarts(Coordinator coordinator) {
    return coordinator.feed(
        new CheckpointEvent.RegionRestarting(tasks("s1", "m1"), "task m1 failed"));
  }

  private static Coordinator regionRunsAgain(Coordinator coordinator, Set<String> finished) {
    return coordinator.feed(
        new CheckpointEvent.TasksRunning(
            2,
            Coordinator.TOPOLOGY,
            tasks(finished.toArray(new String[0])),
            Map.of(task("s0"), 1L, task("m0"), 1L, task("k0"), 1L)));
  }

  @Nested
  class WhileTheRegionIsDown {
    @Test
    void checkpointsInProgressAreGivenUp_andThoseHearOfItThatRunOn() {
      regionRestarts(Coordinator.running(EVERY_SECOND).tick(1_000).forget())
          .does("abort 1 JOB_FAILOVER_REGION s0,m0,k0")
          .says("task m1 failed");
    }

    @Test
    void noCheckpointStarts() {
      regionRestarts(Coordinator.running(EVERY_SECOND))
          .tick(5_000)
          .doesNothing()
          .request("r")
          .does("answer r NOT_ALL_REQUIRED_TASKS_RUNNING");
    }

    @Test
    void aCheckpointThatWasBeingRecordedIsComplete_andThoseHearOfItThatRunOn() {
      Coordinator coordinator = Coordinator.running(EVERY_SECOND).tick(1_000).ackAll(1).forget();

      regionRestarts(coordinator).doesNothing().stored(1).does("complete 1 s0,m0,k0");
    }

    @Test
    void asSoonAsAllTasksRestart_nobodyHearsOfItAnyMore() {
      Coordinator coordinator = Coordinator.running(EVERY_SECOND).tick(1_000).ackAll(1).forget();

      regionRestarts(coordinator).restarting().stored(1).does("complete 1");
    }

    @Test
    void anotherRegionMayFailToo() {
      Coordinator coordinator = Coordinator.running(EVERY_SECOND).tick(1_000).ackAll(1).forget();

      regionRestarts(coordinator)
          .feed(new CheckpointEvent.RegionRestarting(tasks("s0"), "task s0 failed"))
          .stored(1)
          .does("complete 1 m0,k0");
    }
  }

  @Nested
  class WhenItRunsAgain {
    private final Coordinator coordinator =
        regionRunsAgain(regionRestarts(Coordinator.running(EVERY_SECOND)), Set.of());

    @Test
    void allTasksTakePartInTheNextCheckpoint_eachInItsOwnAttempt() {
      coordinator
          .tick(1_000)
          .does("trigger 1")
          .triggers("s0", "s1")
          .ackOf(1, 1, "s0", "m0", "k0")
          .ackOf(2, 1, "s1", "m1")
          .does("keep 1 s0", "keep 1 m0", "keep 1 k0", "keep 1 s1", "keep 1 m1", "finalize 1");
    }

    @Test
    void whatAReplacedTaskSaysDoesNotCount() {
      coordinator
          .tick(1_000)
          .does("trigger 1")
          .ackOf(1, 1, "s1", "m1")
          .doesNothing()
          .feed(
              new CheckpointEvent.Declined(
                  1, 1, task("m1"), FailureReason.CHECKPOINT_DECLINED, "late"))
          .doesNothing()
          .feed(new CheckpointEvent.TaskFailed(1, task("m1"), "late"))
          .doesNothing();
    }

    @Test
    void noTaskThatRunsOnSpeaksForTheNewAttempt() {
      coordinator.tick(1_000).does("trigger 1").ackOf(2, 1, "s0").doesNothing();
    }

    @Test
    void aTaskThatRunsOnMayFinish() {
      coordinator
          .feed(new CheckpointEvent.TaskFinished(1, task("s0")))
          .tick(1_000)
          .awaits("s1", "m0", "m1", "k0");
    }
  }

  @Test
  void whatHasFinishedMeanwhileTakesNoPart() {
    regionRunsAgain(regionRestarts(Coordinator.running(EVERY_SECOND)), Set.of("s0"))
        .tick(1_000)
        .awaits("s1", "m0", "m1", "k0");
  }
}
