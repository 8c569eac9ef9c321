package io.weir.engine;

/** A clock that stands until a test sets it on. */
final class ManualClock implements Clock {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private long nowMillis;

  @Override
  public long nowMillis() {
    return nowMillis;
  }

  @Override
  public long nanoTime() {
    return nowMillis * NANOS_PER_MILLI;
  }

  void advance(long millis) {
    nowMillis += millis;
  }
}
