package io.weir.state;

import java.util.function.UnaryOperator;

/**
 * A value with the time of its last use; what stands in the tables of a state with a time to live.
 *
 * @param value null only as the value of a map entry
 * @param timestamp milliseconds since the epoch
 */
public record Stamped(Object value, long timestamp) {

  /**
   * What stands in a table for a value that is used now: with its time if values expire, else just
   * the value.
   */
  public static Object stored(Object value, TimeToLive timeToLive) {
    return timeToLive.isEnabled() ? new Stamped(value, timeToLive.now()) : value;
  }

  /** The same for a value that was used at some time. */
  public static Object stored(Object value, TimeToLive timeToLive, long timestamp) {
    return timeToLive.isEnabled() ? new Stamped(value, timestamp) : value;
  }

  /** The value of what stands in a table. */
  public static Object valueOf(Object stored, TimeToLive timeToLive) {
    return timeToLive.isEnabled() ? ((Stamped) stored).value : stored;
  }

  /** The time of last use of what stands in a table; 0 if values do not expire. */
  public static long timestampOf(Object stored, TimeToLive timeToLive) {
    return timeToLive.isEnabled() ? ((Stamped) stored).timestamp : 0;
  }

  /** What copies what stands in a table, or null for null. */
  public static UnaryOperator<Object> copier(UnaryOperator<Object> copier, TimeToLive timeToLive) {
    if (copier == null || !timeToLive.isEnabled()) {
      return copier;
    }
    return stored ->
        new Stamped(copier.apply(((Stamped) stored).value), ((Stamped) stored).timestamp);
  }
}
