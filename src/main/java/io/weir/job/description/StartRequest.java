package io.weir.job.description;

import io.weir.config.Configuration;
import io.weir.config.RecoveryClaimMode;
import io.weir.config.StartFrom;
import io.weir.config.StateRecoveryOptions;
import java.util.Optional;

/**
 * How a job is to be started by its name, over what its configuration says.
 *
 * @param from with what it begins; empty: a job that has not ended goes on, a new run begins as
 *     configured
 * @param path the snapshot to begin with, for {@link StartFrom#PATH}
 * @param claimMode who owns that snapshot
 * @param allowNonRestoredState whether state that no operator takes may be left behind
 */
public record StartRequest(
    Optional<StartFrom> from,
    Optional<String> path,
    Optional<RecoveryClaimMode> claimMode,
    boolean allowNonRestoredState) {

  /** To go on, or to begin as configured. */
  public static final StartRequest GO_ON =
      new StartRequest(Optional.empty(), Optional.empty(), Optional.empty(), false);

  /** To begin a new run with this. */
  public static StartRequest from(StartFrom from) {
    return new StartRequest(Optional.of(from), Optional.empty(), Optional.empty(), false);
  }

  /** To begin a new run with the snapshot at a path. */
  public static StartRequest from(String path, RecoveryClaimMode claimMode) {
    return new StartRequest(
        Optional.of(StartFrom.PATH), Optional.of(path), Optional.of(claimMode), false);
  }

  /** The same, and state that no operator takes may be left behind. */
  public StartRequest allowingNonRestoredState() {
    return new StartRequest(from, path, claimMode, true);
  }

  /** Whether a job that has not ended goes on as the same job. */
  public boolean isToGoOn() {
    return from.isEmpty() || from.get() == StartFrom.LATEST;
  }

  /** Writes it into the settings of a run, with which it is stored. */
  void applyTo(Configuration effective) {
    from.ifPresent(value -> effective.set(StateRecoveryOptions.START_FROM, value));
    path.ifPresent(value -> effective.set(StateRecoveryOptions.SAVEPOINT_PATH, value));
    claimMode.ifPresent(value -> effective.set(StateRecoveryOptions.RESTORE_MODE, value));
    if (allowNonRestoredState) {
      effective.set(StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE, true);
    }
  }

  /** What a job was started with holds until it has ended. */
  static void applyStored(Configuration stored, Configuration effective) {
    new StartRequest(
            stored.getOptional(StateRecoveryOptions.START_FROM),
            stored.getOptional(StateRecoveryOptions.SAVEPOINT_PATH),
            stored.getOptional(StateRecoveryOptions.RESTORE_MODE),
            stored.get(StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE))
        .applyTo(effective);
  }
}
