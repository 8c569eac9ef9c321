package io.weir.sim;

import java.util.Comparator;

/** The one type of record of generated jobs. */
public record Event(int key, long time, long value) implements Comparable<Event> {
  /** Later than all that sources emit. */
  static final long END = 1_000_000;

  private static final Comparator<Event> ORDER =
      Comparator.comparingInt(Event::key)
          .thenComparingLong(Event::time)
          .thenComparingLong(Event::value);

  @Override
  public int compareTo(Event other) {
    return ORDER.compare(this, other);
  }
}
