package io.weir.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.checkpoint.FailureReason;
import io.weir.restart.RestartStrategy;
import io.weir.serial.SchemaIncompatibleException;
import io.weir.snapshot.CorruptStateException;
import org.junit.jupiter.api.Test;

class ExecutionFailureHandlerTest {
  private final Exception corrupt =
      new RuntimeException(new CorruptStateException("length 3, not 4"));

  private final ExecutionFailureHandler handler =
      new ExecutionFailureHandler(new RestartStrategy.FixedDelay(1, 500));

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
    assertThat(onFailure(new DrainFailedException(FailureReason.CHECKPOINT_EXPIRED, "late")))
        .isEqualTo(new FailureHandling.RestartNow("at once: CHECKPOINT_EXPIRED: late"));
    assertThat(onFailure(new RuntimeException("first")))
        .isInstanceOf(FailureHandling.RestartLater.class);
  }

  @Test
  void stateThatDoesNotFitIsNotTriedAgain() {
    assertThat(onFailure(new RuntimeException(new SchemaIncompatibleException("field 'n'"))))
        .isEqualTo(
            new FailureHandling.GiveUp("Its state does not fit the job as it is now. field 'n'"));
  }
}
