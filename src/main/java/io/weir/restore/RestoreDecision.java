package io.weir.restore;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * From which snapshot to restore.
 *
 * @param chosen empty if there is none that can be used
 * @param skipped the newer ones that cannot be used, newest first
 * @param loss how much older the chosen one is than the newest
 * @param sentence all this for people
 */
public record RestoreDecision(
    Optional<RestorePoint> chosen, List<RestorePoint> skipped, Duration loss, String sentence) {
  public RestoreDecision {
    skipped = List.copyOf(skipped);
  }
}
