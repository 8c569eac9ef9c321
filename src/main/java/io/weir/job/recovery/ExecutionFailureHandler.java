package io.weir.job.recovery;

import io.weir.plan.PipelinedRegions;
import io.weir.restart.RestartBackoff;
import io.weir.restart.RestartStrategy;
import io.weir.restart.RestartVerdict;
import io.weir.serial.SchemaIncompatibleException;
import io.weir.snapshot.CorruptStateException;
import io.weir.snapshot.TaskId;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Decides what follows a failure of one job, and keeps what the restart strategy knows of the
 * failures so far. Has no effects. Used by the job's actor alone.
 */
public final class ExecutionFailureHandler {
  private final PipelinedRegions regions;
  private final boolean losesTaskManagerWithoutMemory;
  private RestartBackoff backoff;

  /**
   * Has seen no failure yet.
   *
   * @param regions what starts again together
   * @param losesTaskManagerWithoutMemory whether a task for which there is no memory takes its task
   *     manager with it
   */
  public ExecutionFailureHandler(
      PipelinedRegions regions, RestartStrategy strategy, boolean losesTaskManagerWithoutMemory) {
    this.regions = regions;
    this.losesTaskManagerWithoutMemory = losesTaskManagerWithoutMemory;
    this.backoff = strategy.start();
  }

  /**
   * Which tasks have to start again: the regions of those that have failed, or all tasks if the
   * newest checkpoint is damaged, since single regions go back to that one only.
   */
  public Set<TaskId> tasksToRestart(Throwable failure, Set<TaskId> failed) {
    if (causeOf(failure, CorruptStateException.class) != null) {
      return regions.all();
    }
    Set<TaskId> tasks = new LinkedHashSet<>();
    for (Set<TaskId> region : regions.regions()) {
      if (!Collections.disjoint(region, failed)) {
        tasks.addAll(region);
      }
    }
    return tasks;
  }

  /**
   * Whether a task's failure says that its whole task manager cannot be relied on: the virtual
   * machine is in an unknown state, or, if that was asked for, has no memory.
   */
  public boolean losesTaskManager(Throwable failure) {
    return causeOf(failure, InternalError.class) != null
        || causeOf(failure, UnknownError.class) != null
        || (losesTaskManagerWithoutMemory && causeOf(failure, OutOfMemoryError.class) != null);
  }

  /**
   * What follows.
   *
   * @param restoredPath the snapshot that the failed attempt was restored from; null if there was
   *     none
   * @param random from 0 (inclusive) to 1 (exclusive), for strategies that leave a part of the
   *     delay to chance
   */
  public FailureHandling onFailure(
      Throwable failure, String restoredPath, long nowMillis, double random) {
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
