package io.weir.api.eventtime;

/** A clock that only tells how much time has passed between two readings. It never goes back. */
public interface RelativeClock {
  /** Milliseconds since a moment that stays the same. */
  long relativeTimeMillis();

  /** Nanoseconds since a moment that stays the same. */
  long relativeTimeNanos();
}
