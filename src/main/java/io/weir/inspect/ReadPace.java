package io.weir.inspect;

import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/** Keeps one reader from reading more than so many bytes in a second. Used by one thread. */
public final class ReadPace implements IntConsumer {
  private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

  /** What a reader that was held up may catch up with at once. */
  private static final long MAX_BEHIND_NANOS = NANOS_PER_SECOND / 10;

  private final long bytesPerSecond;
  private final LongSupplier nanoTime;
  private final LongConsumer waiting;

  /** When what has been read so far was due; with {@code nanoTime}'s origin. */
  private long dueNanos;

  private boolean hasBegun;

  /**
   * @param nanoTime as {@link System#nanoTime}
   * @param waiting waits for so many nanoseconds, or a little less; may throw to end the reading
   */
  public ReadPace(long bytesPerSecond, LongSupplier nanoTime, LongConsumer waiting) {
    if (bytesPerSecond < 1) {
      throw new IllegalArgumentException(
          bytesPerSecond + " bytes per second: nothing would ever be read");
    }
    this.bytesPerSecond = bytesPerSecond;
    this.nanoTime = nanoTime;
    this.waiting = waiting;
  }

  /** Waits until these bytes were due. */
  @Override
  public void accept(int bytes) {
    long now = nanoTime.getAsLong();
    if (!hasBegun) {
      dueNanos = now;
      hasBegun = true;
    } else if (now - dueNanos > MAX_BEHIND_NANOS) {
      dueNanos = now - MAX_BEHIND_NANOS;
    }
    dueNanos += Math.round((double) bytes * NANOS_PER_SECOND / bytesPerSecond);
    if (dueNanos - now > 0) {
      waiting.accept(dueNanos - now);
    }
  }
}
