package io.weir.job;

import io.weir.restart.RestartBackoff;
import io.weir.restart.RestartStrategy;
import io.weir.restart.RestartVerdict;
import io.weir.serial.SchemaIncompatibleException;
import io.weir.snapshot.CorruptStateException;

/**
 * Decides what follows a failure of one job, and keeps what the restart strategy knows of the
 * failures so far. Has no effects. Used by the job's actor alone.
 */
final class ExecutionFailureHandler {
  private RestartBackoff backoff;

  ExecutionFailureHandler(RestartStrategy strategy) {
    this.backoff = strategy.start();
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
    if (failure instanceof DrainFailedException) {
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
