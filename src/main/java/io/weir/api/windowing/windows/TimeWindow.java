package io.weir.api.windowing.windows;

/** A span of time, in milliseconds, from its start until right before its end. */
public final class TimeWindow extends Window {
  // not final, so that windows can be read back from state; never changed
  private long start;
  private long end;

  /** To be filled from state. */
  @SuppressWarnings("unused") // called by the serializer
  private TimeWindow() {}

  /**
   * Creates the window between two timestamps.
   *
   * @param start first timestamp that belongs to the window
   * @param end first timestamp that does not belong to it any more
   */
  public TimeWindow(long start, long end) {
    this.start = start;
    this.end = end;
  }

  /** The first timestamp that belongs to the window. */
  public long getStart() {
    return start;
  }

  /** The first timestamp after the window. */
  public long getEnd() {
    return end;
  }

  @Override
  public long maxTimestamp() {
    return end - 1;
  }

  /** Whether this window and another one overlap or touch. */
  public boolean intersects(TimeWindow other) {
    return start <= other.end && end >= other.start;
  }

  /** The smallest window that contains this and another one. */
  public TimeWindow cover(TimeWindow other) {
    return new TimeWindow(Math.min(start, other.start), Math.max(end, other.end));
  }

  /**
   * The start of the window that contains a timestamp, when windows of one size follow each other.
   *
   * @param timestamp the timestamp, also a negative one
   * @param offset by how much the windows are shifted against 1970
   * @param windowSize distance of the starts, greater than 0
   */
  public static long getWindowStartWithOffset(long timestamp, long offset, long windowSize) {
    return timestamp - Math.floorMod(timestamp - offset, windowSize);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TimeWindow that && start == that.start && end == that.end;
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(start) + Long.hashCode(end);
  }

  @Override
  public String toString() {
    return "TimeWindow{start=" + start + ", end=" + end + "}";
  }
}
