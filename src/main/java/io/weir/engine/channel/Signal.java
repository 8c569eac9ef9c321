package io.weir.engine.channel;

import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/**
 * Wakes whoever drives one task. Who gives the task something to do calls {@link #raise()}; it
 * costs a fence and a read unless the driver has said that it waits. A driver that never waits, as
 * a simulator's, need not know of it.
 *
 * <p>The waiting driver's side of the bargain: {@link #prepareToWait}, then one more look for work,
 * and only if there is none, park. Because both sides put a full fence between their write and
 * their read, at least one of them sees the other.
 */
public final class Signal {
  /**
   * The thread that waits, or null. Written by the driver and by raisers (null); read by raisers.
   */
  private volatile Thread waiting;

  /** The calling driver's thread is about to park. */
  public void prepareToWait(Thread driver) {
    waiting = driver;
    VarHandle.fullFence();
  }

  /** The driver no longer waits. */
  public void stopWaiting() {
    waiting = null;
  }

  /** There may be something to do. */
  public void raise() {
    VarHandle.fullFence();
    Thread driver = waiting;
    if (driver != null) {
      waiting = null;
      LockSupport.unpark(driver);
    }
  }
}
