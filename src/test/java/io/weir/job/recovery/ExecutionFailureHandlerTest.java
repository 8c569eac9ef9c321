package io.weir.job.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.plan.PipelinedRegions;
import io.weir.restart.RestartStrategy;
import io.weir.serial.SchemaIncompatibleException;
import io.weir.snapshot.CorruptStateException;
import io.weir.snapshot.TaskId;
import io.weir.snapshot.VertexId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExecutionFailureHandlerTest {
  private static final TaskId A = new TaskId(new VertexId(1, 2), 0);
  private static final TaskId B = new TaskId(new VertexId(1, 2), 1);
  private static final TaskId C = new TaskId(new VertexId(3, 4), 0);

  private final Exception corrupt =
      new RuntimeException(new CorruptStateException("length 3, not 4"));

  private final ExecutionFailureHandler handler =
      new ExecutionFailureHandler(
          new PipelinedRegions(List.of(Set.of(A, B), Set.of(C))),
          new RestartStrategy.FixedDelay(1, 500),
          /* losesTaskManagerWithoutMemory= */ false);

  private FailureHandling onFailure(Throwable failure) {
    return handler.onFailure(failure, "/checkpoints/chk-7", 0, 0.5);
  }

  @Test
  void theRestartStrategyCountsTheFailures() {
    assertThat(onFailure(new RuntimeException("first")))
        .isEqualTo(
            new FailureHandling.RestartLater(
                500, "restart in 500 ms after: java.lang.RuntimeException: first"));
    assertThat(onFailure(new RuntimeException("second")))
        .isInstanceOf(FailureHandling.GiveUp.class);
  }

  @Test
  void aDamagedSnapshotIsSkippedAndDoesNotCount() {
    assertThat(onFailure(corrupt))
        .isEqualTo(new FailureHandling.SkipSnapshot("/checkpoints/chk-7", "length 3, not 4"));
    assertThat(onFailure(new RuntimeException("first")))
        .isInstanceOf(FailureHandling.RestartLater.class);
  }

  @Test
  void whatIsDamagedButWasNotRestoredIsAFailureLikeAnyOther() {
    assertThat(handler.onFailure(corrupt, null, 0, 0.5))
        .isInstanceOf(FailureHandling.RestartLater.class);
  }

  @Test
  void aDrainThatFailedIsTakenBackAtOnceAndDoesNotCount() {
    assertThat(onFailure(new RestartNeededException("CHECKPOINT_EXPIRED: late")))
        .isEqualTo(new FailureHandling.RestartNow("at once: CHECKPOINT_EXPIRED: late"));
    assertThat(onFailure(new RuntimeException("first")))
        .isInstanceOf(FailureHandling.RestartLater.class);
  }

  @Test
  void theRegionOfATaskStartsAgainWithIt() {
    Exception failure = new RuntimeException("first");

    assertThat(handler.tasksToRestart(failure, Set.of(A))).containsExactlyInAnyOrder(A, B);
    assertThat(handler.tasksToRestart(failure, Set.of(C))).containsExactly(C);
  }

  @Test
  void theRegionsOfAllTasksThatFailTogetherStartAgain_orAllTasksIfTheirCheckpointIsDamaged() {
    assertThat(handler.tasksToRestart(new RuntimeException("first"), Set.of(A, C)))
        .containsExactlyInAnyOrder(A, B, C);
    assertThat(handler.tasksToRestart(corrupt, Set.of(C))).containsExactlyInAnyOrder(A, B, C);
  }

  @Test
  void aVirtualMachineInAnUnknownStateLosesTheTaskManager_andOneWithoutMemoryIfThatIsWanted() {
    ExecutionFailureHandler strict =
        new ExecutionFailureHandler(
            new PipelinedRegions(List.of(Set.of(A))),
            new RestartStrategy.FixedDelay(1, 500),
            /* losesTaskManagerWithoutMemory= */ true);
    Exception withoutMemory = new RuntimeException(new OutOfMemoryError("Java heap space"));

    assertThat(handler.losesTaskManager(new RuntimeException(new InternalError("fault")))).isTrue();
    assertThat(handler.losesTaskManager(new RuntimeException(new StackOverflowError()))).isFalse();
    assertThat(handler.losesTaskManager(withoutMemory)).isFalse();
    assertThat(strict.losesTaskManager(withoutMemory)).isTrue();
  }

  @Test
  void stateThatDoesNotFitIsNotTriedAgain() {
    assertThat(onFailure(new RuntimeException(new SchemaIncompatibleException("field 'n'"))))
        .isEqualTo(
            new FailureHandling.GiveUp("Its state does not fit the job as it is now. field 'n'"));
  }
}
