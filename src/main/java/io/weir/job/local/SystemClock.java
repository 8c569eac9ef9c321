package io.weir.job.local;

import io.weir.engine.Clock;

/** The clock of the machine. */
public final class SystemClock implements Clock {

  @Override
  public long nowMillis() {
    return System.currentTimeMillis();
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }
}
