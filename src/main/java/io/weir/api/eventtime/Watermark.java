package io.weir.api.eventtime;

import java.io.Serializable;
import java.time.Instant;

/** Says that no more records with its timestamp or an earlier one will come. */
public final class Watermark implements Comparable<Watermark>, Serializable {
  /** The end of time: follows the last record of a bounded stream. */
  public static final Watermark MAX_WATERMARK = new Watermark(Long.MAX_VALUE);

  private static final long serialVersionUID = 1L;

  private final long timestamp;

  /**
   * Creates the watermark of a time.
   *
   * @param timestamp milliseconds in the records' time
   */
  public Watermark(long timestamp) {
    this.timestamp = timestamp;
  }

  /** Milliseconds in the records' time. */
  public long getTimestamp() {
    return timestamp;
  }

  /** The timestamp as a date and time in UTC. */
  public String getFormattedTimestamp() {
    return Instant.ofEpochMilli(timestamp).toString();
  }

  @Override
  public int compareTo(Watermark other) {
    return Long.compare(timestamp, other.timestamp);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Watermark that && timestamp == that.timestamp;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(timestamp);
  }

  @Override
  public String toString() {
    return "Watermark @ " + timestamp;
  }
}
