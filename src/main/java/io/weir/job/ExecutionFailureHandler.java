package io.weir.job;

import io.weir.plan.PipelinedRegions;
import io.weir.restart.RestartBackoff;
import io.weir.restart.RestartStrategy;
import io.weir.restart.RestartVerdict;
import io.weir.serial.SchemaIncompatibleException;
import io.weir.snapshot.CorruptStateException;
import io.weir.snapshot.TaskId;
import java.util.Set;

/**
 * Decides what follows a failure of one job, and keeps what the restart strategy knows of the
 * failures so far. Has no effects. Used by the job's actor alone.
 */
final class ExecutionFailureHandler {
  private final PipelinedRegions regions;
  private RestartBackoff backoff;

  /**
   * @param regions what starts again together
   */
  ExecutionFailureHandler(PipelinedRegions regions, RestartStrategy strategy) {
    this.regions = regions;
    this.backoff = strategy.start();
  }

  /**
   * Which tasks have to start again. All of them, if it is not known to be the fault of one, or if
   * the newest checkpoint is damaged: single regions go back to that one only.
   *
   * @param task that has failed; null if it is not one task that has
   */
  Set<TaskId> tasksToRestart(Throwable failure, TaskId task) {
    return task == null || causeOf(failure, CorruptStateException.class) != null
        ? regions.all()
        : regions.of(task);
  }

  /**
   * What follows.
   *
   * @param restoredPath the snapshot that the failed attempt was restored from; null if there was
   *     none
   * @param random from 0 (inclusive) to 1 (exclusive), for strategies that leave a part of the
   *     delay to chance
   */
  FailureHandling onFailure(Throwable failure, String restoredPath, long nowMillis, double random) {
    CorruptStateException corrupt = causeOf(failure, CorruptStateException.class);
    if (corrupt != null && restoredPath != null) {
      return new FailureHandling.SkipSnapshot(restoredPath, corrupt.getMessage());
    }
    if (failure instanceof RestartNeededException) {
      return new FailureHandling.RestartNow("at once: " + failure.getMessage());
    }
    SchemaIncompatibleException incompatible = causeOf(failure, SchemaIncompatibleException.class);
    if (incompatible != null) {
      return new FailureHandling.GiveUp(
          "Its state does not fit the job as it is now. " + incompatible.getMessage());
    }
    return accordingToStrategy(failure, nowMillis, random);
  }

  private FailureHandling accordingToStrategy(Throwable failure, long nowMillis, double random) {
    RestartVerdict verdict = backoff.onFailure(nowMillis, random);
    if (verdict instanceof RestartVerdict.Restart restart) {
      backoff = restart.next();
      return new FailureHandling.RestartLater(
          restart.delayMillis(), "restart in " + restart.delayMillis() + " ms after: " + failure);
    }
    return new FailureHandling.GiveUp(((RestartVerdict.GiveUp) verdict).why());
  }

  private static <T extends Throwable> T causeOf(Throwable thrown, Class<T> kind) {
    for (Throwable each = thrown; each != null; each = each.getCause()) {
      if (kind.isInstance(each)) {
        return kind.cast(each);
      }
    }
    return null;
  }
}
