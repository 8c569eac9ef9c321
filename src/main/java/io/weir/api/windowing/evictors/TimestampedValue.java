package io.weir.api.windowing.evictors;

/**
 * A record in a window, with its event time if it has one.
 *
 * @param <T> type of the record
 */
public final class TimestampedValue<T> {
  private final T value;
  private final long timestamp;
  private final boolean hasTimestamp;

  private TimestampedValue(T value, long timestamp, boolean hasTimestamp) {
    this.value = value;
    this.timestamp = timestamp;
    this.hasTimestamp = hasTimestamp;
  }

  public TimestampedValue(T value) {
    this(value, 0, false);
  }

  public TimestampedValue(T value, long timestamp) {
    this(value, timestamp, true);
  }

  public T getValue() {
    return value;
  }

  /**
   * The event time.
   *
   * @throws IllegalStateException if the record has none
   */
  public long getTimestamp() {
    if (!hasTimestamp) {
      throw new IllegalStateException(
          "The record has no event time. Ask hasTimestamp() first, or call"
              + " assignTimestampsAndWatermarks(...) before the window.");
    }
    return timestamp;
  }

  public boolean hasTimestamp() {
    return hasTimestamp;
  }
}
