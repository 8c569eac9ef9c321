package io.weir.engine;

/**
 * Lets other threads go first now and then, so that tasks which have something to do only now and
 * then need not wait for the end of a writing thread's time slice: several milliseconds for each
 * thread that a record passes.
 *
 * <p>Where others take the processor for long when they are let, they would take most of it. So
 * this works {@link #FACTOR} times as long as it has been kept, before it gives way again. Belongs
 * to one thread.
 */
final class GivingWay {
  /** So much is written at once. */
  static final int BYTES = 32 * 1024;

  /** How long it works at least, as a multiple of the time for which it has given way before. */
  static final int FACTOR = 4;

  private final Clock clock;
  private final Runnable letOthersGo;

  /** Written since it was asked last whether to give way. */
  private int bytes;

  /** When it may give way next, by the clock's nanoseconds. */
  private long next;

  GivingWay(Clock clock) {
    this(clock, Thread::yield);
  }

  /**
   * @param letOthersGo returns when this thread may go on
   */
  GivingWay(Clock clock, Runnable letOthersGo) {
    this.clock = clock;
    this.letOthersGo = letOthersGo;
    this.next = clock.nanoTime();
  }

  /** To be called when so many bytes have been written. */
  void written(int count) {
    bytes += Math.min(count, BYTES);
    if (bytes < BYTES) {
      return;
    }
    bytes = 0;
    long before = clock.nanoTime();
    if (before - next >= 0) {
      letOthersGo.run();
      long after = clock.nanoTime();
      next = after + FACTOR * (after - before);
    }
  }
}
