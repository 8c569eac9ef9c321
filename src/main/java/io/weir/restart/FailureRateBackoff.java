package io.weir.restart;

import java.util.ArrayList;
import java.util.List;

/**
 * Remembers the last failures.
 *
 * @param failuresMillis when the job failed, oldest first; never more than are borne within the
 *     interval
 */
record FailureRateBackoff(RestartStrategy.FailureRate settings, List<Long> failuresMillis)
    implements RestartBackoff {

  FailureRateBackoff {
    failuresMillis = List.copyOf(failuresMillis);
  }

  static FailureRateBackoff of(RestartStrategy.FailureRate settings) {
    return new FailureRateBackoff(settings, List.of());
  }

  @Override
  public RestartVerdict onFailure(long nowMillis, double random) {
    List<Long> recent = new ArrayList<>(failuresMillis);
    recent.removeIf(failure -> nowMillis - failure > settings.intervalMillis());
    if (recent.size() >= settings.maxFailuresPerInterval()) {
      return new RestartVerdict.GiveUp(
          "The job failed "
              + (recent.size() + 1)
              + " times within "
              + settings.intervalMillis()
              + " ms, more often than restart-strategy.failure-rate.max-failures-per-interval allows.");
    }
    recent.add(nowMillis);
    return new RestartVerdict.Restart(
        settings.delayMillis(), new FailureRateBackoff(settings, recent));
  }
}
