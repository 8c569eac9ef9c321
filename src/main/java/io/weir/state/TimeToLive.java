package io.weir.state;

import io.weir.api.state.StateTtlConfig;
import java.util.function.LongSupplier;

/** Decides about the expiry of one state's values. Immutable. */
public final class TimeToLive {
  private final StateTtlConfig config;
  private final LongSupplier clockMillis;
  private final boolean enabled;
  private final long millis;

  /**
   * Makes a state's values expire as configured.
   *
   * @param clockMillis milliseconds since the epoch
   */
  public TimeToLive(StateTtlConfig config, LongSupplier clockMillis) {
    this.config = config;
    this.clockMillis = clockMillis;
    this.enabled = config.isEnabled();
    this.millis = enabled ? config.getTimeToLive().toMillis() : Long.MAX_VALUE;
  }

  /** Whether values expire at all. */
  public boolean isEnabled() {
    return enabled;
  }

  /** The time to stamp on a value that is used now. */
  public long now() {
    return clockMillis.getAsLong();
  }

  /** Whether a value that was used last at this time has expired by now. */
  public boolean isExpired(long timestamp) {
    return isExpiredAt(clockMillis.getAsLong(), timestamp);
  }

  /** Whether a value that was used last at this time has expired at the given time. */
  public boolean isExpiredAt(long now, long timestamp) {
    return now - timestamp >= millis;
  }

  /** Whether reading counts as use. */
  public boolean isRenewedByReading() {
    return config.getUpdateType() == StateTtlConfig.UpdateType.OnReadAndWrite;
  }

  /** Whether an expired value is still given out if it has not been removed. */
  public boolean showsExpired() {
    return config.getStateVisibility()
        == StateTtlConfig.StateVisibility.ReturnExpiredIfNotCleanedUp;
  }

  /** Whether expired values are left out of snapshots. */
  public boolean isFilteredInSnapshots() {
    return enabled && config.getCleanupStrategies().inFullSnapshot();
  }
}
