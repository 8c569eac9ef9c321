package io.weir.job;

import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Files on a disk on which nothing new can be written as long as something is so. */
final class HeldUpStorage extends InterceptedDisk {
  private final BooleanSupplier isHeld;

  private HeldUpStorage(BooleanSupplier isHeld) {
    this.isHeld = isHeld;
  }

  static HeldUpStorage whileHeld(BooleanSupplier isHeld) {
    return new HeldUpStorage(isHeld);
  }

  @Override
  void before(String operation, URI root) {
    while (operation.equals("create")
        && isHeld.getAsBoolean()
        && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }
}
